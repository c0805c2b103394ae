import { describe, expect, it } from 'vitest'
import { producerTime, timescales } from './fragments'

function box(type: string, ...content: (Uint8Array | number[])[]): Uint8Array {
  const body = content.flatMap((part) => [...part])
  const bytes = new Uint8Array(8 + body.length)
  new DataView(bytes.buffer).setUint32(0, bytes.length)
  bytes.set([...type].map((letter) => letter.charCodeAt(0)), 4)
  bytes.set(body, 8)
  return bytes
}
const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const trak = (id: number, scale: number) =>
  box('trak', box('tkhd', u32(0), u32(0), u32(0), u32(id)), box('mdia', box('mdhd', u32(0), u32(0), u32(0), u32(scale))))
const init = new Uint8Array([...box('ftyp', u32(0)), ...box('moov', box('mvhd', u32(0)), trak(1, 90_000), trak(2, 8_000))])

function fragment(track: number, millis: number, ticks: number): Uint8Array {
  const seconds = Math.floor(millis / 1000) + 2_208_988_800
  const fraction = ((millis % 1000) / 1000) * 2 ** 32
  const prft = box('prft', [1, 0, 0, 0], u32(track), u32(seconds), u32(fraction), u32(Math.floor(ticks / 2 ** 32)), u32(ticks % 2 ** 32))
  return new Uint8Array([...prft, ...box('moof'), ...box('mdat')])
}

describe('fragmented MP4', () => {
  it('tells the ticks a second of each track', () => {
    expect([...timescales(init)]).toEqual([[1, 90_000], [2, 8_000]])
  })

  it('tells when the service received what stands where on the timeline', () => {
    const received = Date.parse('2026-11-22T04:00:00.250Z')
    const time = producerTime(fragment(1, received, 90_000 * 100_000), timescales(init))
    expect(time?.media).toBe(100_000)
    expect(time?.received).toBeCloseTo(received, 3)
  })

  it('tells nothing of a track that the init segment did not name, or without producer time', () => {
    expect(producerTime(fragment(9, 0, 0), timescales(init))).toBeNull()
    expect(producerTime(box('moof'), timescales(init))).toBeNull()
  })

  it('bears what is no MP4, wherever it is cut', () => {
    for (let length = 0; length < init.length; length++) {
      expect(() => timescales(init.subarray(0, length))).not.toThrow()
    }
    const whole = fragment(1, 0, 0)
    for (let length = 0; length < whole.length; length++) {
      expect(() => producerTime(whole.subarray(0, length), timescales(init))).not.toThrow()
    }
  })
})
