import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { snapshotName } from './snapshot'
import { causeAdvice, causeText, clockText, codecName, lossText, matches, soundText, type Stream } from './stream'
import { REFRESH, useStreams } from './streams'

const stream = (id: string, more: Partial<Stream> = {}): Stream => ({
  id, name: id, record: false, loudspeaker: false, fetch: 'always', state: 'live', version: 1, ...more,
})

describe('the streams', () => {
  const sent = vi.fn(async () => new Response(JSON.stringify({ items: [stream('a', { deviceId: 'd' }), stream('b', { deviceId: 'd' })], next: null })))
  beforeEach(() => {
    setActivePinia(createPinia())
    vi.useFakeTimers()
    vi.stubGlobal('fetch', sent)
    sent.mockClear()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('are read again and again while any screen uses them, and not after', async () => {
    const streams = useStreams()
    const first = streams.use()
    const second = streams.use()
    await vi.advanceTimersByTimeAsync(REFRESH)
    expect(sent).toHaveBeenCalledTimes(2)
    first()
    first()
    await vi.advanceTimersByTimeAsync(REFRESH)
    expect(sent).toHaveBeenCalledTimes(3)
    second()
    await vi.advanceTimersByTimeAsync(10 * REFRESH)
    expect(sent).toHaveBeenCalledTimes(3)
  })

  it('are found by id, and by device the first of its channels', async () => {
    const streams = useStreams()
    await streams.load()
    expect([streams.byId.get('b')?.id, streams.byDevice.get('d')?.id]).toEqual(['b', 'a'])
  })

  it('have those that only speak apart from those with pictures', async () => {
    const pole = stream('pole', { sourceUrl: 'gb28181:1/2', loudspeaker: true })
    const dome = stream('dome', { sourceUrl: 'gb28181:1/3' })
    sent.mockImplementationOnce(async () => new Response(JSON.stringify({ items: [pole, dome, stream('rtsp')], next: null })))
    const streams = useStreams()
    await streams.load()
    expect(streams.streams.map(({ id }) => id)).toEqual(['dome', 'rtsp'])
    expect(streams.loudspeakers.map(({ id }) => id)).toEqual(['pole', 'dome'])
  })

  it('keep their order when one changes, and say what went wrong without forgetting what they know', async () => {
    const streams = useStreams()
    await streams.load()
    streams.take(stream('a', { name: '改名', version: 2 }))
    streams.take(stream('c'))
    expect(streams.streams.map(({ name }) => name)).toEqual(['改名', 'b', 'c'])
    sent.mockImplementationOnce(async () => new Response('{}', { status: 503 }))
    await streams.load()
    expect([streams.problem?.status, streams.streams.length]).toEqual([503, 3])
  })
})

describe('a stream in words', () => {
  it('says what is heard of it, and what is left out and why', () => {
    expect(soundText(stream('a'))).toBe('')
    expect(soundText(stream('a', { sound: { codec: 'mp4a.40.2', original: 'aac' } }))).toBe('AAC')
    expect(soundText(stream('a', { sound: { codec: 'mp4a.40.2', original: 'pcm_alaw' } }))).toContain('G.711 A（以 AAC')
    expect(soundText(stream('a', { sound: { original: 'opus' } }))).toMatch(/^opus 不支持/)
  })

  it.each([['h264', 'H.264'], ['avc1.64001f', 'H.264'], ['hevc', 'H.265'], ['hvc1.1.6.L93', 'H.265'], ['mjpeg', 'mjpeg'], [null, '']])(
    'calls the codec %s %s',
    (codec, name) => expect(codecName(codec)).toBe(name),
  )

  it('gives a cause and what to do, and shows a cause that it does not know as it came', () => {
    expect([causeText('timeout'), causeAdvice('timeout')]).toEqual(['连接超时', '请检查网络和设备是否繁忙'])
    expect([causeText('moon-phase'), causeAdvice('moon-phase'), causeText(null)]).toEqual(['moon-phase', '', ''])
  })

  it('is found by every word of a search', () => {
    const one = stream('1', { name: '衡山路 3 号', deviceId: 'GB-7' })
    expect([matches(one, ''), matches(one, '衡山 3'), matches(one, 'gb-7'), matches(one, '衡山 4')]).toEqual([true, true, true, false])
  })

  it('names a snapshot by camera and Beijing time, with nothing that a file system refuses', () => {
    expect(snapshotName('A/B: 东', Date.parse('2026-11-22T04:30:05Z'))).toBe('A_B_ 东 2026-11-22 12.30.05.jpg')
  })
})

describe('what is lost on the way', () => {
  it('is said with its share, where it is counted', () => {
    const said = [null, { came: 0, lost: 0 }, { came: 999_999, lost: 1 }, { came: 996, lost: 4 }, { came: 75, lost: 25 }].map((packets) =>
      lossText({ packets }),
    )
    expect(said).toEqual(['', '无', '1 个，占 <0.01%', '4 个，占 0.40%', '25 个，占 25.0%'])
  })
})

describe('the clock of a camera', () => {
  it('is said as exactly as it matters', () => {
    const said = [null, -0.4, 32.4, -61, 3_725, -840_000_000].map((clockOffset) => clockText({ clockOffset }))
    expect(said).toEqual(['未知，源未提供时间', '准确，相差不到 1 秒', '快 32 秒', '慢 61 秒', '快 1:02:05', '慢 9722 天'])
  })

  it('is told from one that is right in another zone', () => {
    const said = [-28_800.6, 28_830, -28_000].map((clockOffset) => clockText({ clockOffset }))
    expect(said).toEqual(['慢 8 小时，可能是时区设置错误', '快 8 小时，可能是时区设置错误', '慢 7:46:40'])
  })
})
