import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { get, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import { rowsOf, type Channel, type ChannelRow, type Levels } from './channels'
import type { Gb28181Device } from './device'

/** Channels of a page. */
const AT_ONCE = 1000
/** The most pages that are read of one level or of what a search finds. */
const MOST_PAGES = 20
export const MOST_READ = AT_ONCE * MOST_PAGES
/** What is typed is searched after so long a pause, milliseconds. */
const PAUSE = 300

/** The channels of one device as a tree, each level read when it is opened, and what a search finds. */
export function useChannels(device: () => Gb28181Device, search: () => string) {
  const levels = shallowRef<Levels>(new Map())
  const open = shallowRef<ReadonlySet<string>>(new Set())
  const found = shallowRef<readonly Channel[]>([])
  /** A level or a search has more than is read. */
  const partial = ref(false)
  const loading = ref(true)
  const problem = shallowRef<Problem | null>(null)
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const words = computed(() => search().trim())
  const searching = computed(() => words.value !== '')
  const rows = computed<ChannelRow[]>(() =>
    searching.value ? found.value.map((channel) => ({ channel, depth: 0 })) : rowsOf(levels.value, open.value, device().code),
  )

  async function whole(query: Record<string, string>, signal: AbortSignal): Promise<Channel[]> {
    const path = `/gb28181/devices/${encodeURIComponent(device().id)}/channels`
    const channels: Channel[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const next: Page<Channel> = await get<Page<Channel>>(path, { query: { ...query, cursor, limit: AT_ONCE }, signal })
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
    partial.value = false
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

  /** Reads anew what is shown; what is open stays open. */
  function reload(): Promise<void> {
    return read(async (signal) => {
      if (searching.value) {
        const channels = await whole({ search: words.value }, signal)
        found.value = channels
        return
      }
      const parents = [device().code, ...open.value]
      levels.value = new Map(await Promise.all(parents.map(async (parent) => [parent, await whole({ parent }, signal)] as const)))
    })
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
      found.value = []
      void reload()
    },
    { immediate: true },
  )
  watch(words, (now) => {
    clearTimeout(timer)
    found.value = now === '' ? [] : found.value
    loading.value = true
    timer = setTimeout(() => void reload(), now === '' ? 0 : PAUSE)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    abort.abort()
  })

  return { rows, open, partial, loading, problem, searching, toggle, reload }
}
