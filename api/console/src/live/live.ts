import { defineStore } from 'pinia'
import { computed, ref, shallowRef, triggerRef } from 'vue'
import { socketAddress } from '../http/client'
import { setServerTime } from '../time/clock'
import { Board } from './board'
import { LiveConnection, type LinkState, type LiveMessage } from './connection'
import type { DevicePulse, LivePosition, PostPulse } from './position'

export type Topic = 'positions' | 'alerts' | 'devices' | 'posts'
type Listener = (items: unknown[]) => void

/** Why the board is watched, as the view log keeps it; its texts are those of the family `purpose`. */
export const PURPOSE = 'situation-watch'

/**
 * What is true now, as the service streams it: positions, and by listeners alerts and posts. The whole world is asked
 * for, because figures and search count what the map does not show.
 */
export const useLive = defineStore('live', () => {
  const link = ref<LinkState>({ status: 'connecting', since: Date.now() })
  const board = shallowRef(new Board())
  const posts = shallowRef(new Map<string, PostPulse>())
  const listeners = new Map<Topic, Set<Listener>>()
  let connection: LiveConnection | null = null

  /** Nothing shown is known to be true any longer. */
  const stale = computed(() => link.value.status === 'lost')

  /** Connects, when there is anything to subscribe to: the service refuses topics that are not open to our roles. */
  function start(topics: readonly Topic[]): void {
    if (connection || topics.length === 0) {
      return
    }
    connection = new LiveConnection(
      socketAddress('/live'),
      { subscribe: topics, bbox: [-180, -90, 180, 90], purpose: PURPOSE },
      { onMessage: take, onState: (state) => (link.value = state) },
    )
    connection.start()
    addEventListener('online', retry)
  }

  function stop(): void {
    removeEventListener('online', retry)
    connection?.stop()
    connection = null
    board.value = new Board()
    posts.value = new Map()
    link.value = { status: 'connecting', since: Date.now() }
  }

  function retry(): void {
    connection?.retryNow()
  }

  /** Hears a topic until the returned function is called. */
  function listen(topic: Topic, listener: Listener): () => void {
    const all = listeners.get(topic) ?? new Set()
    listeners.set(topic, all.add(listener))
    return () => all.delete(listener)
  }

  function take(message: LiveMessage): void {
    const items = message.items ?? []
    const snapshot = message.snapshot === true
    switch (message.topic) {
      case 'heartbeat':
        if (message.at) {
          setServerTime(message.at)
        }
        break
      case 'positions':
        if (snapshot) {
          board.value.replace(items as LivePosition[])
          triggerRef(board)
        } else if (board.value.merge(items as LivePosition[])) {
          triggerRef(board)
        }
        break
      case 'devices':
        if (board.value.pulse(items as DevicePulse[])) {
          triggerRef(board)
        }
        tell('devices', items)
        break
      case 'posts':
        takePosts(items as PostPulse[], snapshot)
        break
      case 'alerts':
        tell('alerts', items)
        break
      default:
        // A newer service may stream topics that this console does not know.
        break
    }
  }

  function takePosts(items: PostPulse[], snapshot: boolean): void {
    const next = snapshot ? new Map<string, PostPulse>() : new Map(posts.value)
    for (const item of items) {
      next.set(item.id, item)
    }
    posts.value = next
  }

  function tell(topic: Topic, items: unknown[]): void {
    listeners.get(topic)?.forEach((listener) => listener(items))
  }

  return { link, board, posts, stale, start, stop, retry, listen }
})
