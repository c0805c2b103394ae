import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { problemOf, type Problem } from '../http/problem'
import { instant } from '../time/clock'
import type { View } from './axisView'
import { rangeFor, readBands, suffices, type Bands, type Seeing } from './bands'
import type { Stream } from './stream'

/** Zooming and dragging ask often; what is asked for is read when they rest for so long. */
const REST = 200
/** How often what reaches to now is read again. */
const REFRESH = 30_000

/** Reads what is known of some streams as far as a view needs it, and again as it grows. */
export function useBands(
  streams: Readonly<Ref<readonly Stream[]>>,
  view: Readonly<Ref<View>>,
  limits: Readonly<Ref<View>>,
  purpose: Readonly<Ref<string | null>>,
  seeing: Seeing,
): { bands: ShallowRef<ReadonlyMap<string, Bands>>; problem: Ref<Problem | null>; read(): void } {
  const bands = shallowRef<ReadonlyMap<string, Bands>>(new Map())
  const problem = ref<Problem | null>(null)
  let abort = new AbortController()
  let rest: ReturnType<typeof setTimeout> | undefined
  let refresh: ReturnType<typeof setInterval> | undefined

  watch([() => streams.value.map(({ id }) => id).join(), view, purpose], () => {
    clearTimeout(rest)
    rest = setTimeout(() => void readAll(false), REST)
  })
  onMounted(() => {
    void readAll(false)
    refresh = setInterval(() => limits.value.to > instant() && view.value.to > instant() - REFRESH && void readAll(true), REFRESH)
  })
  onBeforeUnmount(() => {
    clearTimeout(rest)
    clearInterval(refresh)
    abort.abort()
  })

  async function readAll(again: boolean): Promise<void> {
    const { value: why } = purpose
    const missing = streams.value.filter(({ id }) => again || !suffices(bands.value.get(id), view.value))
    if (why === null || missing.length === 0) {
      return
    }
    abort.abort()
    const mine = (abort = new AbortController())
    const range = rangeFor(view.value, limits.value)
    const answers = await Promise.allSettled(missing.map(({ id }) => readBands(id, range, instant(), seeing, why, mine.signal)))
    if (mine.signal.aborted) {
      return
    }
    const next = new Map(bands.value)
    problem.value = null
    answers.forEach((answer, i) => {
      if (answer.status === 'fulfilled') {
        next.set(missing[i]!.id, answer.value)
      } else {
        problem.value = problemOf(answer.reason)
      }
    })
    bands.value = next
  }

  return { bands, problem, read: () => void readAll(true) }
}
