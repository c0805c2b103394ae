import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { get, type Page } from '../http/client'

interface Fitting {
  kind: string
  lane: string
  first: boolean
}

/** Confirmed and no more: what is chosen where no lane is. */
export const NO_LANE = 'none'

/** What a person decides when he confirms an alert. */
export interface Confirmation {
  note?: string | undefined
  /** Where it goes on; absent means nowhere. */
  lane?: string | undefined
  /** Who is to settle it; absent means the squad of the alert. */
  squadId?: string | undefined
}

/** Into which lanes an alert of each kind may be put; read once. */
export const useLanes = defineStore('lanes', () => {
  const all = shallowRef<Fitting[] | null>(null)

  /** The lanes of a kind, the proposed one first; none where there are none. */
  async function of(kind: string): Promise<string[]> {
    all.value ??= (await get<Page<Fitting>>('/lanes')).items
    return all.value.filter((each) => each.kind === kind).map(({ lane }) => lane)
  }

  return { of }
})
