import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { get, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import { found, levelsOf, rowsOf, type Channel, type Levels } from './channels'
import type { Gb28181Device } from './device'

/** Up to so many channels are read at once and held whole; of more, each level when it is opened. */
const AT_ONCE = 1000
/** The most pages that are read of one level or for a search. */
const MOST_PAGES = 20
export const MOST_READ = AT_ONCE * MOST_PAGES

/** The channels of one device as a tree: what is open, what a search finds, what could not be read. */
export function useChannels(device: () => Gb28181Device, search: () => string) {
  const levels = shallowRef<Levels>(new Map())
  const open = shallowRef<ReadonlySet<string>>(new Set())
  /** All of them, null while there are too many to have been read. */
  const all = shallowRef<readonly Channel[] | null>(null)
  const lazy = ref(false)
  /** A level or a search has more than is read. */
  const partial = ref(false)
  const loading = ref(true)
  const problem = shallowRef<Problem | null>(null)
  let abort = new AbortController()

  const searching = computed(() => search().trim() !== '')
  const rows = computed(() =>
    searching.value ? found(all.value ?? [], search().trim()) : rowsOf(levels.value, open.value, device().code),
  )

  function page(query: Record<string, string | null>, signal: AbortSignal): Promise<Page<Channel>> {
    const path = `/gb28181/devices/${encodeURIComponent(device().id)}/channels`
    return get<Page<Channel>>(path, { query: { ...query, limit: AT_ONCE }, signal })
  }

  async function whole(query: Record<string, string>, signal: AbortSignal): Promise<Channel[]> {
    const channels: Channel[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const next: Page<Channel> = await page({ ...query, cursor }, signal)
      channels.push(...next.items)
      cursor = next.next
      if (cursor === null) {
        return channels
      }
    }
    partial.value = true
    return channels
  }

  /** Runs what reads; what a newer reading has overtaken is dropped. */
  async function read(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    abort.abort()
    const mine = (abort = new AbortController())
    loading.value = true
    problem.value = null
    try {
      await act(mine.signal)
    } catch (thrown) {
      if (mine.signal.aborted) {
        return
      }
      problem.value = problemOf(thrown)
    }
    if (mine === abort) {
      loading.value = false
    }
  }

  /** Reads anew; what is open stays open. */
  function reload(): Promise<void> {
    return read(async (signal) => {
      const first = await page({}, signal)
      partial.value = false
      lazy.value = first.next !== null
      if (lazy.value) {
        all.value = null
        const parents = [device().code, ...open.value]
        levels.value = new Map(await Promise.all(parents.map(async (parent) => [parent, await whole({ parent }, signal)] as const)))
        await readForSearch(signal)
      } else {
        all.value = first.items
        levels.value = levelsOf(first.items, device().code)
      }
    })
  }

  async function readForSearch(signal: AbortSignal): Promise<void> {
    if (searching.value && all.value === null) {
      all.value = await whole({}, signal)
    }
  }

  /** Whether it may have something below it; of a level not yet read, whatever is no camera may. */
  function opens({ code, kind }: Channel): boolean {
    const level = levels.value.get(code)
    return level ? level.length > 0 : lazy.value && kind !== 'camera'
  }

  function toggle(code: string): void {
    const next = new Set(open.value)
    if (next.delete(code)) {
      open.value = next
      return
    }
    open.value = next.add(code)
    if (!levels.value.has(code)) {
      void read(async (signal) => {
        const level = await whole({ parent: code }, signal)
        levels.value = new Map([...levels.value, [code, level]])
      })
    }
  }

  watch(
    () => device().id,
    () => {
      open.value = new Set()
      levels.value = new Map()
      all.value = null
      void reload()
    },
    { immediate: true },
  )
  watch(searching, (is) => is && lazy.value && all.value === null && void read(readForSearch))
  onBeforeUnmount(() => abort.abort())

  return { rows, open, lazy, partial, loading, problem, searching, opens, toggle, reload }
}
