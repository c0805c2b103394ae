import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { get, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import type { Rows } from '../ui/lists'
import { byClock, lanePath, LANES, type Task } from '../tasks/task'

const PERIOD = 10_000
/** A squad that has more than so many at once has other troubles. */
const LIMIT = 500

/** What is asked of the caller's squads now, tasks and tickets alike, by clock; read again every few seconds. */
export function useAsked(): Rows<Task> {
  const items = shallowRef<Task[]>([])
  const loading = ref(true)
  const problem = ref<Problem | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  async function reload(): Promise<void> {
    try {
      const readings = LANES.flatMap((lane) =>
        ['open', 'signed'].map((state) => get<Page<Task>>(lanePath(lane), { query: { state, limit: LIMIT } })),
      )
      items.value = (await Promise.all(readings)).flatMap((page) => page.items).sort(byClock)
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    } finally {
      loading.value = false
    }
  }

  onMounted(() => {
    void reload()
    timer = setInterval(() => void reload(), PERIOD)
  })
  onBeforeUnmount(() => clearInterval(timer))

  return { items, loading, problem, growing: ref(false), more: computed(() => false), grow: () => {}, reload }
}
