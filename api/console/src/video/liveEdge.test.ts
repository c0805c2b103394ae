import { describe, expect, it } from 'vitest'
import { CALM, HURRY, HURRY_BEHIND, jumpTo, LEAD, MOST_BEHIND, Pace, RESERVE } from './liveEdge'

const ranges = (...stretches: [number, number][]) => ({
  length: stretches.length,
  start: (i: number) => stretches[i]![0],
  end: (i: number) => stretches[i]![1],
})

describe('playing at the live edge', () => {
  it('waits while nothing is buffered', () => {
    expect(jumpTo(ranges(), 0)).toBeNull()
  })

  it('begins near the end of the first stretch, wherever the timeline has got to', () => {
    expect(jumpTo(ranges([5000, 5002]), 0)).toBe(5002 - LEAD)
    expect(jumpTo(ranges([5000, 5000.2]), 0)).toBe(5000)
  })

  it('stays where it is while it is near enough', () => {
    expect(jumpTo(ranges([100, 110]), 110 - MOST_BEHIND)).toBeNull()
    expect(jumpTo(ranges([100, 110]), 110)).toBeNull()
  })

  it('jumps when it has fallen behind, and over a hole', () => {
    expect(jumpTo(ranges([100, 110]), 110 - MOST_BEHIND - 0.1)).toBe(110 - LEAD)
    expect(jumpTo(ranges([100, 110], [111, 111.2]), 110)).toBe(111)
  })
})

describe('the pace near the live edge', () => {
  it('hurries when it has fallen behind, until it is back where it began', () => {
    const pace = new Pace()
    expect(pace.rate(HURRY_BEHIND)).toBe(1)
    expect(pace.rate(HURRY_BEHIND + 0.01)).toBe(HURRY)
    expect(pace.rate(LEAD + 0.01)).toBe(HURRY)
    expect(pace.rate(LEAD)).toBe(1)
    expect(pace.rate(HURRY_BEHIND)).toBe(1)
  })

  it('keeps a reserve after a stall, and gives it up when all has gone well for a while', () => {
    const pace = new Pace()
    pace.stalled()
    expect(pace.rate(HURRY_BEHIND + RESERVE - 0.01)).toBe(1)
    expect(pace.rate(HURRY_BEHIND + RESERVE + 0.01)).toBe(HURRY)
    expect(pace.rate(LEAD + RESERVE - 0.01)).toBe(1)
    for (let i = 0; i < CALM; i++) {
      pace.rate(LEAD)
    }
    expect(pace.rate(HURRY_BEHIND + 0.01)).toBe(HURRY)
  })

  it('keeps the reserve while the latest fragments need it', () => {
    const pace = new Pace()
    pace.stalled()
    for (let i = 0; i < 3 * CALM; i++) {
      pace.rate(i % 50 === 0 ? LEAD - 0.05 : LEAD + RESERVE)
    }
    expect(pace.rate(HURRY_BEHIND + RESERVE - 0.01)).toBe(1)
  })

  it('never bears more than what is worth a jump', () => {
    const pace = new Pace()
    for (let i = 0; i < 100; i++) {
      pace.stalled()
    }
    expect(pace.rate(MOST_BEHIND + 0.01)).toBe(HURRY)
  })
})

describe('how old a picture is', () => {
  const FRAGMENT = 0.2
  const GROUP = 5

  /**
   * Watches a minute of a stream whose fragments come in time.
   *
   * @param after seconds from the last key fragment to the moment at which somebody comes
   * @param starting seconds until the browser shows its first picture
   * @returns seconds from what is shown to the end of the buffer when a fragment has come
   */
  function watch(after: number, starting: number): number {
    const pace = new Pace()
    let end = FRAGMENT * (1 + Math.floor((after % (GROUP * FRAGMENT)) / FRAGMENT))
    let current = 0
    let rate = 1
    let waits = starting
    // What came since the key picture comes at once, in pieces.
    for (let piece = FRAGMENT; piece <= end + 1e-9; piece += FRAGMENT) {
      rate = pace.rate(piece - current)
    }
    let next = FRAGMENT - (after % FRAGMENT)
    for (let i = 0; i < 300; i++) {
      const plays = Math.max(0, next - waits)
      waits = Math.max(0, waits - next)
      current = Math.min(end, current + plays * rate)
      end += FRAGMENT
      current = jumpTo(ranges([0, end]), current) ?? current
      rate = pace.rate(end - current)
      next = FRAGMENT
    }
    return end - current
  }

  it('hangs hardly on the moment at which somebody comes', () => {
    for (let after = 0; after < 2; after += 0.01) {
      for (const starting of [0.05, 0.12, 0.2]) {
        expect(watch(after, starting)).toBeLessThanOrEqual(HURRY_BEHIND + 1e-9)
        expect(watch(after, starting)).toBeGreaterThan(FRAGMENT)
      }
    }
  })
})
