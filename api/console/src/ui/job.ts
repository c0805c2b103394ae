import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import { get, post, type Page } from '../http/client'
import { problemOf } from '../http/problem'
import { problemText } from '../i18n/problem'
import { notify } from './notify'

/** Long work of the service. */
export interface Job<R = unknown> {
  id: string
  kind: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  /** Null while nobody knows how much there is. */
  total: number | null
  message: string | null
  /** What came of it, once it is done. */
  result: R | null
}

/** How often it is looked at, milliseconds. */
export const LOOK = 1_000
/** One that was begun before the page was left is among so many. */
const RECENT = 20

/** Work that goes on, and what can be done with it. */
export interface Following<J> {
  /** Null while none goes on. */
  job: ShallowRef<J | null>
  follow(job: J): void
  cancel(): Promise<void>
}

const path = (id: string, rest = '') => `/jobs/${encodeURIComponent(id)}${rest}`
const goesOn = ({ state }: Job) => state === 'queued' || state === 'running'

/**
 * Follows work of one kind to its end, also that which was begun before the page was left. Belongs to the component in
 * whose setup it is called.
 *
 * @param isMine which of this kind the page is about
 */
export function useJob<J extends Job>(
  kind: string,
  onEnd: (job: J) => void | Promise<void>,
  isMine: (job: J) => boolean = () => true,
): Following<J> {
  const job: ShallowRef<J | null> = shallowRef(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  onMounted(() => void resume())
  onBeforeUnmount(() => {
    left = true
    clearTimeout(timer)
  })

  function follow(next: J): void {
    job.value = next
    clearTimeout(timer)
    if (!left) {
      timer = setTimeout(() => void look(next.id), LOOK)
    }
  }

  async function resume(): Promise<void> {
    try {
      const { items } = await get<Page<J>>('/jobs', { query: { limit: RECENT } })
      const mine = items.find((each) => each.kind === kind && goesOn(each) && isMine(each))
      if (mine && !job.value) {
        follow(mine)
      }
    } catch {
      // Whatever else the page reads says that the service is away.
    }
  }

  async function look(id: string): Promise<void> {
    try {
      const next = await get<J>(path(id))
      if (goesOn(next)) {
        follow(next)
        return
      }
      job.value = null
      if (!left) {
        await onEnd(next)
      }
    } catch (thrown) {
      job.value = null
      notify('error', problemText(problemOf(thrown)))
    }
  }

  async function cancel(): Promise<void> {
    if (job.value) {
      try {
        await post(path(job.value.id, '/cancel'))
      } catch (thrown) {
        notify('error', problemText(problemOf(thrown)))
      }
    }
  }

  return { job, follow, cancel }
}
