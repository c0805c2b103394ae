import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchEffect } from 'vue'
import { word } from '../i18n'
import { SILENCE } from './connection'
import { PURPOSE, useLive } from './live'

class FakeSocket {
  static last: FakeSocket
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  readonly sent: string[] = []

  constructor(readonly url: string) {
    FakeSocket.last = this
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {}

  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}

const pulse = (id: string, state: string) => ({ id, state, present: 0, required: 1 })

describe('the live store', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('WebSocket', FakeSocket)
    setActivePinia(createPinia())
  })
  afterEach(() => {
    useLive().stop()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('asks for the topics that are open to somebody and for nothing when none is', () => {
    const live = useLive()
    live.start(['devices'])
    FakeSocket.last.onopen?.()
    expect(JSON.parse(FakeSocket.last.sent[0]!).subscribe).toEqual(['devices'])
    live.stop()
    const before = FakeSocket.last
    live.start([])
    expect(FakeSocket.last).toBe(before)
  })

  it('says for what it watches, in a word that the view log has a text for', () => {
    useLive().start(['positions'])
    FakeSocket.last.onopen?.()
    expect(JSON.parse(FakeSocket.last.sent[0]!).purpose).toBe(PURPOSE)
    expect(word('purpose', PURPOSE)).not.toBe(PURPOSE)
  })

  it('merges what changes into the snapshot of posts, and a new snapshot replaces it', () => {
    const live = useLive()
    live.start(['posts'])
    FakeSocket.last.say({ topic: 'posts', snapshot: true, items: [pulse('a', 'on-post'), pulse('b', 'late')] })
    FakeSocket.last.say({ topic: 'posts', items: [pulse('b', 'off-post')] })
    expect([...live.posts.values()].map(({ id, state }) => `${id} ${state}`)).toEqual(['a on-post', 'b off-post'])
    FakeSocket.last.say({ topic: 'posts', snapshot: true, items: [pulse('b', 'on-post')] })
    expect([...live.posts.keys()]).toEqual(['b'])
  })

  it('is stale from the loss of the connection until a message comes again, and keeps what it knew', async () => {
    const live = useLive()
    live.start(['posts'])
    expect(live.stale).toBe(false)
    FakeSocket.last.say({ topic: 'posts', snapshot: true, items: [pulse('a', 'on-post')] })
    await vi.advanceTimersByTimeAsync(SILENCE)
    expect(live.stale).toBe(true)
    expect(live.posts.size).toBe(1)
    await vi.advanceTimersByTimeAsync(5_000)
    FakeSocket.last.say({ topic: 'heartbeat' })
    expect(live.stale).toBe(false)
  })

  it('tells those who listen to alerts until they stop', () => {
    const live = useLive()
    live.start(['alerts'])
    const heard: unknown[][] = []
    const stop = live.listen('alerts', (items) => heard.push(items))
    FakeSocket.last.say({ topic: 'alerts', items: [{ id: '1' }] })
    stop()
    FakeSocket.last.say({ topic: 'alerts', items: [{ id: '2' }] })
    expect(heard).toEqual([[{ id: '1' }]])
  })

  it('wakes what draws the board when a position moves, and not when it would move backwards', async () => {
    const live = useLive()
    live.start(['positions'])
    let drawn = 0
    watchEffect(
      () => {
        drawn += live.board.positions.size >= 0 ? 1 : 0
      },
      { flush: 'sync' },
    )
    const at = (second: number) => ({
      deviceId: 'a',
      fixTime: `2026-11-21T10:00:0${second}Z`,
      receiveTime: '2026-11-21T10:00:09Z',
    })
    FakeSocket.last.say({ topic: 'positions', items: [at(5)] })
    expect(drawn).toBe(2)
    FakeSocket.last.say({ topic: 'positions', items: [at(3)] })
    expect(drawn).toBe(2)
  })
})
