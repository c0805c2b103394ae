import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BACKOFF, LiveConnection, SILENCE, type LinkState, type LiveMessage } from './connection'

class FakeSocket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  readonly sent: string[] = []
  closed = false

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.closed = true
  }

  say(message: LiveMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}

describe('the live connection', () => {
  let sockets: FakeSocket[]
  let states: LinkState[]
  let messages: LiveMessage[]
  let connection: LiveConnection
  const last = () => sockets.at(-1)!
  const heartbeat = { topic: 'heartbeat', at: '2026-11-21T10:00:00Z' }

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
    sockets = []
    states = []
    messages = []
    connection = new LiveConnection(
      'ws://here',
      { subscribe: ['positions'] },
      { onMessage: (message) => messages.push(message), onState: (state) => states.push(state) },
      () => {
        const socket = new FakeSocket()
        sockets.push(socket)
        return socket as unknown as WebSocket
      },
    )
    connection.start()
  })
  afterEach(() => {
    connection.stop()
    vi.useRealTimers()
  })

  it('subscribes when it is open and is live with the first message', () => {
    last().onopen?.()
    expect(JSON.parse(last().sent[0]!)).toEqual({ subscribe: ['positions'] })
    expect(states).toEqual([])
    last().say(heartbeat)
    expect(states).toEqual([{ status: 'live', since: 1_000_000 }])
    expect(messages).toEqual([heartbeat])
  })

  it('says since when it is lost: the last message, not the moment it noticed', () => {
    last().say(heartbeat)
    vi.advanceTimersByTime(7_000)
    last().onclose?.()
    expect(states.at(-1)).toEqual({ status: 'lost', since: 1_000_000 })
  })

  it('counts silence as loss, though the socket stays open', () => {
    last().say(heartbeat)
    const first = last()
    vi.advanceTimersByTime(SILENCE - 1)
    expect(states.at(-1)?.status).toBe('live')
    vi.advanceTimersByTime(1)
    expect(states.at(-1)?.status).toBe('lost')
    expect(first.closed).toBe(true)
  })

  it('comes back by itself with growing waits, and starts small again after a success', () => {
    last().say(heartbeat)
    BACKOFF.slice(0, 4).forEach((wait, i) => {
      last().onclose?.()
      vi.advanceTimersByTime(wait - 1)
      expect(sockets).toHaveLength(i + 1)
      vi.advanceTimersByTime(wait * 0.2 + 1)
      expect(sockets).toHaveLength(i + 2)
    })
    last().say(heartbeat)
    expect(states.at(-1)?.status).toBe('live')
    const count = sockets.length
    last().onclose?.()
    vi.advanceTimersByTime(BACKOFF[0] * 1.2 + 1)
    expect(sockets).toHaveLength(count + 1)
  })

  it('never waits longer than the last step', () => {
    for (let i = 0; i < 12; i++) {
      const count = sockets.length
      last().onclose?.()
      vi.advanceTimersByTime(30_000 * 1.2 + 1)
      expect(sockets.length).toBeGreaterThan(count)
    }
  })

  it('tries at once when told that the network is back', () => {
    last().say(heartbeat)
    last().onclose?.()
    connection.retryNow()
    expect(sockets).toHaveLength(2)
    vi.advanceTimersByTime(BACKOFF[0] * 2)
    expect(sockets).toHaveLength(2)
  })

  it('says nothing and opens nothing once it is stopped', () => {
    last().say(heartbeat)
    connection.stop()
    vi.advanceTimersByTime(120_000)
    expect(sockets).toHaveLength(1)
    expect(states).toHaveLength(1)
  })
})
