import { describe, expect, it } from 'vitest'
import { box, fragment, init } from './fakeMedia'
import { producerTime, timescales } from './fragments'

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
