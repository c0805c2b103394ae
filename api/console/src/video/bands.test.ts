import { describe, expect, it } from 'vitest'
import { gapAt, LONGEST, rangeFor, suffices, type Bands } from './bands'

const T = Date.parse('2026-11-22T01:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const limits = { from: T - 365 * DAY, to: T + DAY }

function bands(from: number, to: number, truncated = false): Bands {
  const gap = { from: new Date(T).toISOString(), to: new Date(T + 60_000).toISOString(), cause: 'stalled' }
  const coverage = { requiredSeconds: 0, recordedSeconds: 0, ratio: null, gaps: [gap], recorded: [], required: [], truncated }
  return { range: { from, to }, coverage, marks: [], stages: [] }
}

describe('the bands of a stream', () => {
  it('are read with a view on either side, within the limits and never more than the service gives', () => {
    expect(rangeFor({ from: T - HOUR, to: T }, limits)).toEqual({ from: T - 2 * HOUR, to: T + HOUR })
    const year = rangeFor({ from: limits.from, to: limits.to }, limits)
    expect(year).toEqual(limits)
    expect(year.to - year.from).toBeLessThanOrEqual(LONGEST)
    expect(rangeFor({ from: limits.from, to: limits.from + HOUR }, limits).from).toBe(limits.from)
  })

  it('are read again when the view leaves them, or when they were too many and it is closer', () => {
    const day = bands(T - DAY, T + DAY)
    expect(suffices(undefined, { from: T, to: T + 1 })).toBe(false)
    expect(suffices(day, { from: T - HOUR, to: T })).toBe(true)
    expect(suffices(day, { from: T, to: T + 2 * DAY })).toBe(false)
    expect(suffices(bands(T - DAY, T + DAY, true), { from: T - DAY, to: T + DAY })).toBe(true)
    expect(suffices(bands(T - DAY, T + DAY, true), { from: T - HOUR, to: T })).toBe(false)
    expect(suffices(bands(limits.from, limits.to), { from: T - HOUR, to: T })).toBe(false)
  })

  it('say why nothing is there', () => {
    expect(gapAt(bands(T, T + HOUR), T + 30_000)?.cause).toBe('stalled')
    expect(gapAt(bands(T, T + HOUR), T + 60_000)).toBeNull()
    expect(gapAt(undefined, T)).toBeNull()
  })
})
