import type { MultiPolygon, Polygon } from 'geojson'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { get, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import { useLive } from '../live/live'
import type { PostState } from '../live/position'
import { instant } from '../time/clock'
import { day, startOfDay } from '../time/format'
import type { Tone } from './presence'

/** Where somebody must be. */
export interface Post {
  id: string
  name: string
  squadId: string | null
  /** WGS-84. */
  geometry: Polygon | MultiPolygon
  state: PostState | null
  present: number
  required: number
  version: number
}

export interface Duty {
  id: string
  officerId: string | null
  officerName: string | null
  deviceId: string | null
  postId: string
  postName: string
  start: string
  end: string
  /** Its state of presence now, and null before it begins. */
  state: string | null
  version: number
}

const LIMIT = 10_000
const DAY = 86_400_000
/** Duties begin and end without a message about it. */
const PERIOD = 60_000

/** Posts with their live state, and the duties of today. */
export const useRoster = defineStore('roster', () => {
  const live = useLive()
  const stored = shallowRef<Post[]>([])
  const duties = shallowRef<Duty[]>([])
  const problem = ref<Problem | null>(null)
  const loaded = ref(false)
  let users = 0
  let timer: ReturnType<typeof setInterval> | undefined

  const posts = computed<Post[]>(() =>
    stored.value.map((post) => {
      const pulse = live.posts.get(post.id)
      return pulse ? { ...post, state: pulse.state, present: pulse.present, required: pulse.required } : post
    }),
  )
  const dutyById = computed(() => new Map(duties.value.map((duty) => [duty.id, duty])))

  /** Reads now and every minute until the returned function is called. */
  function use(): () => void {
    users += 1
    if (users === 1) {
      timer = setInterval(() => void load(), PERIOD)
      void load()
    }
    return () => {
      users -= 1
      if (users === 0) {
        clearInterval(timer)
      }
    }
  }

  async function load(): Promise<void> {
    const from = startOfDay(day(instant()))
    const query = { from: new Date(from).toISOString(), to: new Date(from + DAY).toISOString(), limit: LIMIT }
    try {
      const [postPage, dutyPage] = await Promise.all([
        get<Page<Post>>('/posts', { query: { limit: LIMIT } }),
        get<Page<Duty>>('/duties', { query }),
      ])
      stored.value = postPage.items
      duties.value = dutyPage.items
      problem.value = null
      loaded.value = true
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  /** The duties of a post that run at an instant. */
  function dutiesAt(postId: string, at: number): Duty[] {
    return duties.value.filter(
      (duty) => duty.postId === postId && Date.parse(duty.start) <= at && at < Date.parse(duty.end),
    )
  }

  return { posts, duties, dutyById, problem, loaded, use, load, dutiesAt }
})

/** Nobody is due at a post without a state. */
export function postTone(state: PostState | null): Tone | 'none' {
  switch (state) {
    case 'on-post':
      return 'good'
    case 'late':
      return 'warning'
    case 'off-post':
      return 'critical'
    case 'unknown':
      return 'unknown'
    case null:
      return 'none'
  }
}
