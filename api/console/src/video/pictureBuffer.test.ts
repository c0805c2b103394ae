import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MOST_WAITING } from './appender'
import { FakeSource, fragment, init } from './fakeMedia'
import { PictureBuffer } from './pictureBuffer'

const MIME = 'video/mp4; codecs="avc1.64001f"'
const RECEIVED = Date.parse('2026-11-22T04:00:00.250Z')

describe('a buffer of pictures', () => {
  const given = vi.fn()
  const appended = vi.fn()
  const overflow = vi.fn()
  let video: { src: string; currentTime: number; load: () => void; removeAttribute: (name: string) => void }
  let sources: FakeSource[]
  let media: PictureBuffer

  beforeEach(() => {
    let made = 0
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${++made}`)
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation(given)
    ;[given, appended, overflow].forEach((mock) => mock.mockReset())
    video = { src: '', currentTime: 0, load: vi.fn(), removeAttribute: () => void (video.src = '') }
    sources = []
    const mediaSource = () => sources[sources.push(new FakeSource()) - 1] as unknown as MediaSource
    media = new PictureBuffer(video as unknown as HTMLVideoElement, mediaSource, appended, overflow)
  })
  afterEach(() => vi.restoreAllMocks())

  function open(): FakeSource['buffer'] {
    media.begin(MIME, RECEIVED)
    media.push(init)
    const source = sources.at(-1)!
    source.dispatchEvent(new Event('sourceopen'))
    source.buffer.done()
    return source.buffer
  }

  it('wants nothing before it has begun, then an init segment and fragments', () => {
    expect(media.push(init)).toBe(false)
    media.begin(MIME, RECEIVED)
    expect([media.push(init), media.push(fragment(1, RECEIVED, 0))]).toEqual([false, true])
    expect([media.instant(), media.ranges, appended.mock.calls.length]).toEqual([RECEIVED, null, 0])
  })

  it('knows when the service received what is on screen, by the newest fragment', () => {
    const buffer = open()
    media.push(fragment(1, RECEIVED, 90_000 * 700))
    buffer.done([700, 700.2])
    expect(appended).toHaveBeenCalledTimes(1)
    video.currentTime = 700.1
    expect(media.instant()).toBeCloseTo(RECEIVED + 100, 3)
    media.push(fragment(1, RECEIVED + 5_000, 90_000 * 701))
    expect(media.instant()).toBeCloseTo(RECEIVED + 5_000 - 900, 3)
  })

  it('goes by what was said of the first picture where fragments bear no time', () => {
    const buffer = open()
    media.push(fragment(9, 0, 0))
    buffer.done([700, 701])
    video.currentTime = 700.5
    expect(media.instant()).toBe(RECEIVED + 500)
  })

  it('gives each address back once, whether its source was opened or not', () => {
    open()
    expect(given.mock.calls).toEqual([['blob:1']])
    media.begin(MIME, RECEIVED)
    expect(video.src).toBe('blob:2')
    media.clear()
    expect([video.src, media.instant()]).toEqual(['', null])
    expect(given.mock.calls).toEqual([['blob:1'], ['blob:2']])
    sources[1]!.dispatchEvent(new Event('sourceopen'))
    expect([sources[1]!.mime, given.mock.calls.length]).toEqual(['', 2])
  })

  it('hears nothing more of what it has forgotten', () => {
    const buffer = open()
    media.push(fragment(1, RECEIVED, 0))
    media.clear()
    buffer.done([0, 1])
    expect([appended.mock.calls.length, media.ranges]).toEqual([0, null])
  })

  it('tells once that the browser does not keep up', () => {
    open()
    media.push(fragment(1, RECEIVED, 0))
    media.push(new Uint8Array(MOST_WAITING + 1))
    expect(overflow).toHaveBeenCalledTimes(1)
  })
})
