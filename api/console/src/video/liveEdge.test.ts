import { describe, expect, it } from 'vitest'
import { jumpTo, LEAD, MOST_BEHIND } from './liveEdge'

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
