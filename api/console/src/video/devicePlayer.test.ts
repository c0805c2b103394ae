import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DevicePlayer, type DevicePhase } from './devicePlayer'

/** The service's side of a connection, by hand. */
class Line {
  binaryType = ''
  readyState = 1
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  sent: unknown[] = []

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.readyState = 3
  }

  say(notice: object): void {
    this.onmessage?.({ data: JSON.stringify(notice) })
  }
}

describe('a player of what a device recorded', () => {
  let line: Line
  let phases: DevicePhase[]
  let refused: string[]
  let player: DevicePlayer
  const video = { pause: vi.fn(), play: vi.fn(), buffered: { length: 0 }, playbackRate: 1, currentTime: 0, removeAttribute: vi.fn(), load: vi.fn() }

  beforeEach(() => {
    line = new Line()
    phases = []
    refused = []
    vi.stubGlobal('WebSocket', { OPEN: 1 })
    player = new DevicePlayer(
      video as unknown as HTMLVideoElement,
      'ws://here/play',
      (phase) => phases.push(phase),
      (detail) => refused.push(detail),
      { open: () => line as unknown as WebSocket, plays: () => false, mediaSource: () => ({}) as MediaSource },
    )
    player.play()
  })
  afterEach(() => vi.unstubAllGlobals())

  it('tells the service what is ordered, as it takes it', () => {
    player.pause()
    player.resume()
    player.seek(Date.parse('2026-11-20T01:00:00Z'))
    player.speed(4)
    expect(line.sent).toEqual([{ pause: true }, { resume: true }, { seek: '2026-11-20T01:00:00.000Z' }, { speed: 4 }])
    expect(video.pause).toHaveBeenCalled()
  })

  it('says a speed that was chosen before it was connected', () => {
    line.readyState = 0
    player.speed(8)
    expect(line.sent).toEqual([])
    line.readyState = 1
    line.onopen?.()
    expect(line.sent).toEqual([{ speed: 8 }])
  })

  it('follows what the service says of it', () => {
    line.say({ state: 'playing', speed: 2, position: '2026-11-20T01:00:00Z' })
    expect(video.playbackRate).toBe(2)
    line.say({ state: 'paused', speed: 2, position: '2026-11-20T01:00:00Z' })
    line.say({ state: 'paused', speed: 2, position: '2026-11-20T01:00:00Z', reason: 'refused', detail: 'not 0.5' })
    line.say({ error: 'an order must be JSON' })
    line.say({ state: 'ended', speed: 2, position: '2026-11-20T01:00:00Z', reason: 'stalled', detail: 'no picture' })
    line.onclose?.({ code: 1000 })
    expect(refused).toEqual(['not 0.5', 'an order must be JSON'])
    expect(phases).toEqual([{ kind: 'playing' }, { kind: 'paused' }, { kind: 'ended', reason: 'stalled', detail: 'no picture' }])
  })

  it('says when another one is being played, and what this browser cannot show', () => {
    line.say({ mime: 'video/mp4; codecs="hvc1.1"', start: '2026-11-20T01:00:00Z' })
    line.onclose?.({ code: 1013 })
    expect(phases).toEqual([
      { kind: 'unplayable', mime: 'video/mp4; codecs="hvc1.1"' },
      { kind: 'lost', code: 1013 },
    ])
  })

  it('hears nothing more once it is stopped', () => {
    player.stop()
    expect(line.readyState).toBe(3)
    expect(line.onclose).toBeNull()
  })
})
