import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { get, type Page, type Query } from '../http/client'
import { problemOf, type Problem } from '../http/problem'

/** Rows shown at first, and added whenever the end of a list comes into view. */
export const PAGE = 50
/** The most that the service gives at once. */
const WHOLE = 10_000

/** What a table shows: rows, and where they stand. */
export interface Rows<T> {
  items: Ref<readonly T[]>
  /** The first rows are on their way. */
  loading: Ref<boolean>
  /** Further rows are on their way. */
  growing: Ref<boolean>
  problem: Ref<Problem | null>
  /** There are further rows. */
  more: Ref<boolean>
  /** Fetches further rows. */
  grow(): void
  reload(): Promise<void>
}

/** A list that the service filters and cuts into pages; it is read anew when its query changes. */
export function usePages<T>(
  path: string,
  query: () => Query,
): Rows<T> & { items: Ref<T[]>; renew(key: (item: T) => string): Promise<void> } {
  const items = shallowRef<T[]>([])
  const loading = ref(true)
  const growing = ref(false)
  const problem = ref<Problem | null>(null)
  const next = ref<string | null>(null)
  const more = computed(() => next.value !== null)
  let abort = new AbortController()

  async function read(cursor: string | null): Promise<void> {
    abort.abort()
    const mine = (abort = new AbortController())
    problem.value = null
    loading.value = cursor === null
    growing.value = cursor !== null
    try {
      const page = await get<Page<T>>(path, { query: { ...query(), limit: PAGE, cursor }, signal: mine.signal })
      items.value = cursor === null ? page.items : [...items.value, ...page.items]
      next.value = page.next ?? null
    } catch (thrown) {
      if (mine.signal.aborted) {
        return
      }
      problem.value = problemOf(thrown)
    }
    if (mine === abort) {
      loading.value = growing.value = false
    }
  }

  /** Reads the newest again, in their places and without the skeleton, which is for the first rows. */
  async function renew(key: (item: T) => string): Promise<void> {
    const mine = abort
    const fresh = (await get<Page<T>>(path, { query: { ...query(), limit: PAGE }, signal: mine.signal })).items
    if (mine === abort) {
      const keys = new Set(fresh.map(key))
      items.value = [...fresh, ...items.value.filter((item) => !keys.has(key(item)))]
    }
  }

  watch(
    () => JSON.stringify(query()),
    () => void read(null),
    { immediate: true },
  )
  onBeforeUnmount(() => abort.abort())

  return {
    items,
    loading,
    growing,
    problem,
    more,
    renew,
    grow: () => {
      if (next.value !== null && !growing.value && !loading.value && !problem.value) {
        void read(next.value)
      }
    },
    reload: () => read(null),
  }
}

/**
 * A list small enough to be held whole (registers, the duties of a day): it is filtered here at once, and shown fifty
 * at a time. It is read anew when its query changes.
 */
export function useWhole<T>(
  path: string,
  keep: (item: T) => boolean = () => true,
  query: () => Query = () => ({}),
): Rows<T> & { all: Ref<T[]> } {
  const all = shallowRef<T[]>([])
  const loading = ref(true)
  const problem = ref<Problem | null>(null)
  const shown = ref(PAGE)
  const kept = computed(() => all.value.filter(keep))

  let abort = new AbortController()

  async function reload(): Promise<void> {
    abort.abort()
    const mine = (abort = new AbortController())
    problem.value = null
    try {
      all.value = (await get<Page<T>>(path, { query: { ...query(), limit: WHOLE }, signal: mine.signal })).items
    } catch (thrown) {
      if (mine.signal.aborted) {
        return
      }
      problem.value = problemOf(thrown)
    }
    loading.value = false
  }

  watch(
    () => JSON.stringify(query()),
    () => {
      loading.value = true
      void reload()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => abort.abort())
  watch(kept, () => (shown.value = PAGE))

  return {
    all,
    items: computed(() => kept.value.slice(0, shown.value)),
    loading,
    growing: ref(false),
    problem,
    more: computed(() => kept.value.length > shown.value),
    grow: () => (shown.value += PAGE),
    reload,
  }
}

/** A filter that the address holds, so that a list can be sent to somebody and come back to. Empty is not written. */
export function useFilter(name: string): Ref<string> & ComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' ? value : ''
    },
    set: (value: string | null | undefined) => {
      void router.replace({ query: { ...route.query, [name]: value || undefined } })
    },
  }) as Ref<string> & ComputedRef<string>
}
