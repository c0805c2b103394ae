import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { get, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import { usePurposes } from '../purpose/purposes'
import { fromBeijing, startOfDay, toBeijing, day } from '../time/format'
import { instant } from '../time/clock'
import { PAGE } from '../ui/lists'
import type { Device } from './device'

const DAY = 86_400_000

/** A list of what a device sent in a period, read page by page for a purpose that is asked for once. */
export function usePeriodRead<T>(device: Device, list: string, subject: string) {
  const purposes = usePurposes()
  const range = ref<[string, string]>([toBeijing(startOfDay(day(instant())) - 6 * DAY), toBeijing(instant())])
  const items = shallowRef<T[] | null>(null)
  const purpose = ref('')
  const problem = ref<Problem | null>(null)
  const busy = ref(false)
  const next = ref<string | null>(null)
  let abort = new AbortController()

  async function read(cursor: string | null = null): Promise<void> {
    const why = await purposes.ask(`device:${device.id}`, subject)
    if (why === null) {
      return
    }
    abort.abort()
    const mine = (abort = new AbortController())
    busy.value = true
    problem.value = null
    purpose.value = why
    try {
      const [from, to] = range.value.map(fromBeijing)
      const page = await get<Page<T>>(`/devices/${encodeURIComponent(device.id)}/${list}`, {
        query: { from, to, limit: PAGE, cursor },
        purpose: why,
        signal: mine.signal,
      })
      items.value = cursor === null ? page.items : [...(items.value ?? []), ...page.items]
      next.value = page.next ?? null
    } catch (thrown) {
      if (!mine.signal.aborted) {
        problem.value = problemOf(thrown)
      }
    } finally {
      busy.value = false
    }
  }

  onBeforeUnmount(() => abort.abort())
  return { range, items, purpose, problem, busy, more: computed(() => next.value !== null), read, grow: () => read(next.value) }
}
