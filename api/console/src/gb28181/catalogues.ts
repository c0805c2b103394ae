import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { get, post, type Page } from '../http/client'
import { t } from '../i18n'
import { instant } from '../time/clock'
import { notify } from '../ui/notify'
import type { Gb28181Device } from './device'
import { LONGEST, outcomeOf, type Asked, type Outcome } from './outcome'

/** How often it is looked whether a catalogue has come, milliseconds. */
const PERIOD = 2000
const WHOLE = 10_000

/** The catalogues that are on their way. They are followed also when the page is left, and their end is told. */
export const useCatalogues = defineStore('gb28181-catalogues', () => {
  const asked = shallowRef<ReadonlyMap<string, Asked>>(new Map())
  /** Counts what has come, so that lists know when to read anew. */
  const come = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** @throws Problem when the device cannot be asked */
  async function ask({ id, name, catalogueAt }: Gb28181Device): Promise<void> {
    await post(`/gb28181/devices/${encodeURIComponent(id)}/catalog`)
    asked.value = new Map([...asked.value, [id, { name, since: instant(), before: catalogueAt }]])
    clearTimeout(timer)
    timer = setTimeout(() => void look(), PERIOD)
  }

  async function look(): Promise<void> {
    let devices: Gb28181Device[] = []
    try {
      devices = (await get<Page<Gb28181Device>>('/gb28181/devices', { query: { limit: WHOLE } })).items
    } catch {
      // Looked again a little later; the end is told by the clock if it stays so.
    }
    const byId = new Map(devices.map((device) => [device.id, device]))
    const left = new Map(asked.value)
    for (const [id, one] of asked.value) {
      const outcome = outcomeOf(one, byId.get(id), instant())
      if (outcome !== 'waiting') {
        left.delete(id)
        tell(one, outcome)
      }
    }
    asked.value = left
    clearTimeout(timer)
    if (left.size > 0) {
      timer = setTimeout(() => void look(), PERIOD)
    }
  }

  function tell({ name }: Asked, outcome: Exclude<Outcome, 'waiting'>): void {
    switch (outcome) {
      case 'whole':
        notify('success', t('gb28181.done', { name }))
        come.value += 1
        break
      case 'part':
        notify('info', t('gb28181.partDone', { name }))
        come.value += 1
        break
      case 'unanswered':
        notify('error', t('gb28181.unanswered', { name, n: LONGEST / 1000 }))
        break
    }
  }

  return { asked, come, ask }
})
