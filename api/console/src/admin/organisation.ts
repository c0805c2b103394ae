import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { get, type Page } from '../http/client'

export interface Squad {
  id: string
  name: string
  version: number
}

export interface Officer {
  id: string
  name: string
  /** Service number on the badge. */
  number: string
  squadId: string
  userId: string | null
  version: number
}

const LIMIT = 10_000
const FRESH = 30_000

/** Squads and officers, for names and choices on every desk. */
export const useOrganisation = defineStore('organisation', () => {
  const squads = shallowRef<Squad[]>([])
  const officers = shallowRef<Officer[]>([])
  let readAt = 0
  let reading: Promise<void> | null = null

  /** Reads when what is held is old; `now` reads in any case. Who may not see them has none. */
  function load(now = false): Promise<void> {
    if (!now && Date.now() - readAt < FRESH) {
      return Promise.resolve()
    }
    reading ??= read().finally(() => (reading = null))
    return reading
  }

  async function read(): Promise<void> {
    const query = { limit: LIMIT }
    const [first, second] = await Promise.allSettled([
      get<Page<Squad>>('/squads', { query }),
      get<Page<Officer>>('/officers', { query }),
    ])
    if (first.status === 'fulfilled') {
      squads.value = first.value.items
    }
    if (second.status === 'fulfilled') {
      officers.value = second.value.items
    }
    if (first.status === 'fulfilled' && second.status === 'fulfilled') {
      readAt = Date.now()
    }
  }

  function squadName(id: string | null | undefined): string {
    return squads.value.find((squad) => squad.id === id)?.name ?? '–'
  }

  return { squads, officers, load, squadName }
})
