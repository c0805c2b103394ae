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

  it('never bears more than what is worth a jump', () => {
    const pace = new Pace()
    for (let i = 0; i < 100; i++) {
      pace.stalled()
    }
    expect(pace.rate(MOST_BEHIND + 0.01)).toBe(HURRY)
  })
})
