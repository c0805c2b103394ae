import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { get, type Page } from '../http/client'
import { problemOf, type Problem } from '../http/problem'
import { isCalled, type Stream } from './stream'

/** The state of streams is not on the live channel; it is read this often while somebody looks. */
export const REFRESH = 10_000
const WHOLE = 10_000

/** The streams that the user may see, read again and again while any screen uses them. */
export const useStreams = defineStore('streams', () => {
  const all = shallowRef<Stream[]>([])
  /** Those with pictures. */
  const streams = computed(() => all.value.filter(({ loudspeaker }) => !loudspeaker))
  /** Those whose device may be spoken to; whether it has a loudspeaker, only the device knows. */
  const loudspeakers = computed(() => all.value.filter(isCalled))
  const loaded = ref(false)
  const problem = ref<Problem | null>(null)
  const byId = computed(() => new Map(streams.value.map((stream) => [stream.id, stream])))
  /** Of several channels of a device, the first. */
  const byDevice = computed(() => {
    const found = new Map<string, Stream>()
    for (const stream of streams.value) {
      if (stream.deviceId && !found.has(stream.deviceId)) {
        found.set(stream.deviceId, stream)
      }
    }
    return found
  })
  let users = 0
  let timer: ReturnType<typeof setInterval> | undefined
  let reading: Promise<void> | null = null

  /** Keeps the streams fresh until the returned function is called. */
  function use(): () => void {
    users += 1
    if (users === 1) {
      timer = setInterval(() => void load(), REFRESH)
    }
    void load()
    let held = true
    return () => {
      if (held) {
        held = false
        users -= 1
        if (users === 0) {
          clearInterval(timer)
        }
      }
    }
  }

  function load(): Promise<void> {
    reading ??= read().finally(() => (reading = null))
    return reading
  }

  async function read(): Promise<void> {
    try {
      all.value = (await get<Page<Stream>>('/streams', { query: { limit: WHOLE, kind: 'all' } })).items
      loaded.value = true
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  /** Takes what a change answered, without waiting for the next reading. */
  function take(stream: Stream): void {
    const others = all.value.filter(({ id }) => id !== stream.id)
    const at = all.value.findIndex(({ id }) => id === stream.id)
    others.splice(at < 0 ? others.length : at, 0, stream)
    all.value = others
  }

  function drop(id: string): void {
    all.value = all.value.filter((stream) => stream.id !== id)
  }

  return { streams, loudspeakers, loaded, problem, byId, byDevice, use, load, take, drop }
})
