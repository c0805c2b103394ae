import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KEEP, MOST_WAITING } from './appender'
import { FakeSource } from './fakeMedia'
import { LivePlayer, SILENCE, type Phase } from './livePlayer'
import type { Browser } from './pictureBuffer'

class FakeSocket {
  binaryType = ''
  closed = false
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null

  close() {
    this.closed = true
  }

  say(notice: object) {
    this.onmessage?.({ data: JSON.stringify(notice) })
  }

  send(...parts: string[]) {
    parts.forEach((part) => this.onmessage?.({ data: new TextEncoder().encode(part).buffer }))
  }
}

const FORMAT = { mime: 'video/mp4; codecs="avc1.64001f"', start: '2026-11-22T04:00:00Z' }

function setUp(plays = true) {
  const sockets: FakeSocket[] = []
  const sources: FakeSource[] = []
  const phases: Phase[] = []
  const video = Object.assign(new EventTarget(), {
    src: '',
    currentTime: 0,
    playbackRate: 1,
    paused: true,
    play: vi.fn(async () => void (video.paused = false)),
    load: vi.fn(),
    removeAttribute: vi.fn((_name: string) => void (video.src = '')),
  })
  const browser: Browser = {
    open: () => sockets[sockets.push(new FakeSocket()) - 1] as unknown as WebSocket,
    plays: () => plays,
    mediaSource: () => sources[sources.push(new FakeSource()) - 1] as unknown as MediaSource,
  }
  const player = new LivePlayer(video as unknown as HTMLVideoElement, 'ws://x', (phase) => phases.push(phase), browser)
  player.play()
  return {
    player,
    video,
    phases,
    sockets,
    sources,
    kinds: () => phases.map(({ kind }) => kind),
    /** Sends a format and init, opens the source, and lets the init be taken in. */
    begin() {
      sockets.at(-1)!.say(FORMAT)
      sockets.at(-1)!.send('init')
      sources.at(-1)!.dispatchEvent(new Event('sourceopen'))
      sources.at(-1)!.buffer.done()
      return sources.at(-1)!.buffer
    },
  }
}

describe('a live player', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-22T04:00:01Z') })
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:live')
    vi.spyOn(URL, 'revokeObjectURL').mockReturnValue()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('feeds one part at a time, in order, also those that came before the source was open', () => {
    const { sockets, sources } = setUp()
    sockets[0]!.say(FORMAT)
    sockets[0]!.send('init', 'one')
    sources[0]!.dispatchEvent(new Event('sourceopen'))
    sockets[0]!.send('two')
    const { buffer } = sources[0]!
    expect([buffer.mode, buffer.taken]).toEqual(['segments', ['init']])
    buffer.done()
    expect(buffer.taken).toEqual(['init', 'one'])
    buffer.done([0, 1])
    expect(buffer.taken).toEqual(['init', 'one', 'two'])
  })

  it('plays at the edge and says how long ago the picture was received', () => {
    const { begin, video, player, kinds, sockets } = setUp()
    const buffer = begin()
    sockets[0]!.send('one')
    buffer.done([700, 700.2])
    expect(kinds()).toEqual(['connecting', 'playing'])
    expect([video.currentTime, video.paused]).toEqual([700, false])
    // Received at 04:00:00, and it is a second later.
    expect(player.delay()).toBeCloseTo(1000, -2)
    buffer.done([700, 703])
    expect(video.currentTime).toBeCloseTo(702.6, 6)
  })

  it('catches up by playing faster, and bears more distance once it has stood still', () => {
    const { begin, video, sockets } = setUp()
    const buffer = begin()
    sockets[0]!.send('one')
    buffer.done([700, 701])
    expect([video.currentTime, video.playbackRate]).toEqual([700.6, 1])
    buffer.done([700, 701.1])
    expect(video.playbackRate).toBe(1.2)
    video.dispatchEvent(new Event('waiting'))
    buffer.done([700, 701.2])
    expect(video.playbackRate).toBe(1.2)
    video.dispatchEvent(new Event('playing'))
    video.dispatchEvent(new Event('waiting'))
    buffer.done([700, 701.2])
    expect(video.playbackRate).toBe(1)
  })

  it('removes what lies long behind before it takes in more', () => {
    const { begin, video, sockets } = setUp()
    const buffer = begin()
    buffer.done([0, 60])
    sockets[0]!.send('next')
    expect(buffer.removed).toEqual([[0, video.currentTime - KEEP]])
    buffer.done([29.6, 60])
    expect(buffer.taken).toEqual(['init', 'next'])
  })

  it('says plainly that this browser cannot play what comes', () => {
    const { sockets, phases, sources } = setUp(false)
    sockets[0]!.say({ ...FORMAT, mime: 'video/mp4; codecs="hvc1.1.6.L93.B0"' })
    sockets[0]!.send('init', 'one')
    expect(phases.at(-1)).toEqual({ kind: 'unplayable', mime: 'video/mp4; codecs="hvc1.1.6.L93.B0"' })
    expect(sources).toHaveLength(0)
  })

  it('says that there is no picture, since when and why, and waits for it quietly', () => {
    const { begin, phases, sockets, player } = setUp()
    const buffer = begin()
    sockets[0]!.send('one')
    buffer.done([0, 1])
    sockets[0]!.say({ state: 'offline', since: FORMAT.start, cause: 'timeout', detail: '10.0.0.3' })
    const since = Date.parse(FORMAT.start)
    expect(phases.at(-1)).toEqual({ kind: 'absent', state: 'offline', since, cause: 'timeout', detail: '10.0.0.3' })
    // What was on its way into the buffer is no new picture.
    buffer.done([0, 1.2])
    expect([phases.at(-1)!.kind, player.delay()]).toEqual(['absent', null])
    vi.advanceTimersByTime(10 * SILENCE)
    expect(sockets).toHaveLength(1)
  })

  it('goes on in the same buffer when a source that was silent sends again', () => {
    const { begin, sources, sockets, kinds } = setUp()
    const buffer = begin()
    sockets[0]!.send('one')
    buffer.done([0, 1])
    sockets[0]!.say({ state: 'stalled', cause: 'stalled' })
    sockets[0]!.say({ state: 'live' })
    sockets[0]!.send('two')
    buffer.done([9, 9.2])
    expect(kinds()).toEqual(['connecting', 'playing', 'absent', 'connecting', 'playing'])
    expect([sources.length, buffer.taken]).toEqual([1, ['init', 'one', 'two']])
  })

  it('leaves the picture alone when the service says that the stream is live', () => {
    const { begin, video, sockets, kinds } = setUp()
    const buffer = begin()
    sockets[0]!.send('one')
    buffer.done([0, 1])
    sockets[0]!.say({ state: 'live', since: FORMAT.start })
    expect([kinds().at(-1), video.src]).toEqual(['playing', 'blob:live'])
  })

  it('begins anew with another format', () => {
    const { begin, sources, sockets, kinds } = setUp()
    begin().done([0, 1])
    const late = sources[0]!.buffer
    const buffer = begin()
    sockets[0]!.send('one')
    buffer.done([9, 9.2])
    expect(sources).toHaveLength(2)
    expect(buffer.taken).toEqual(['init', 'one'])
    expect(late.taken).toEqual(['init'])
    expect(kinds()).toEqual(['connecting', 'playing'])
  })

  it('connects again when the connection breaks, and when it goes silent while pictures came', () => {
    const { begin, sockets, kinds } = setUp()
    begin().done([0, 1])
    sockets[0]!.onclose?.()
    expect(kinds().at(-1)).toBe('lost')
    vi.advanceTimersByTime(1_300)
    expect(sockets).toHaveLength(2)
    begin().done([0, 1])
    vi.advanceTimersByTime(SILENCE)
    expect([kinds().at(-1), sockets[1]!.closed]).toEqual(['lost', true])
  })

  it('begins anew when the browser does not keep up', () => {
    const { begin, sockets, kinds } = setUp()
    begin()
    sockets[0]!.send('one')
    sockets[0]!.onmessage?.({ data: new ArrayBuffer(MOST_WAITING + 1) })
    expect([kinds().at(-1), sockets[0]!.closed]).toEqual(['lost', true])
  })

  it('makes room when the buffer is full', () => {
    const { begin, video, sockets } = setUp()
    const buffer = begin()
    buffer.done([0, 20])
    video.currentTime = 19.5
    buffer.refuse = new DOMException('full', 'QuotaExceededError')
    sockets[0]!.send('next')
    expect(buffer.removed).toEqual([[0, 18.5]])
    buffer.refuse = null
    buffer.done([18.5, 20])
    expect(buffer.taken).toEqual(['init', 'next'])
  })

  it('does nothing more once it is stopped', () => {
    const { player, sockets, begin, phases } = setUp()
    begin().done([0, 1])
    player.stop()
    const said = phases.length
    vi.advanceTimersByTime(10 * SILENCE)
    expect([sockets.length, sockets[0]!.closed, phases.length]).toEqual([1, true, said])
  })
})
