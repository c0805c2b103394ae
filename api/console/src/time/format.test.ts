import { describe, expect, it } from 'vitest'
import { age, day, exact, fromBeijing, full, span, startOfDay, timeOfDay, toBeijing } from './format'

const NOW = Date.parse('2026-11-21T11:52:07Z')

describe('times on screen', () => {
  it('are in Beijing, whatever the zone of the workstation', () => {
    expect(full(NOW)).toBe('2026-11-21 19:52:07')
    expect(timeOfDay('2026-11-21T16:00:00Z')).toBe('00:00:00')
    expect(day('2026-11-21T16:00:00Z')).toBe('2026-11-22')
  })

  it.each([
    [0, { unit: 'now', count: 0, ahead: false }],
    [4_999, { unit: 'now', count: 0, ahead: false }],
    [5_000, { unit: 'seconds', count: 5, ahead: false }],
    [59_999, { unit: 'seconds', count: 59, ahead: false }],
    [60_000, { unit: 'minutes', count: 1, ahead: false }],
    [3_599_999, { unit: 'minutes', count: 59, ahead: false }],
    [3_600_000, null],
    [-3_000, { unit: 'now', count: 0, ahead: false }],
    [-120_000, { unit: 'minutes', count: 2, ahead: true }],
  ])('are relative under an hour: %i ms ago', (ago, expected) => {
    expect(age(NOW - ago, NOW)).toEqual(expected)
  })

  it('are as short as is still exact beyond an hour', () => {
    expect(exact('2026-11-21T01:02:03Z', NOW)).toBe('09:02:03')
    expect(exact('2026-11-20T01:02:03Z', NOW)).toBe('11-20 09:02')
    expect(exact('2025-11-20T01:02:03Z', NOW)).toBe('2025-11-20 09:02')
  })

  it('run down as clocks', () => {
    expect(span(372_000)).toBe('06:12')
    expect(span(-130_000)).toBe('02:10')
    expect(span(3_972_000)).toBe('1:06:12')
  })

  it('go from a wall clock in Beijing to an instant and back', () => {
    expect(fromBeijing('2026-11-21T08:00')).toBe('2026-11-21T00:00:00.000Z')
    expect(toBeijing(fromBeijing('2026-11-21T08:30:15'))).toBe('2026-11-21T08:30:15')
    expect(startOfDay('2026-11-21')).toBe(Date.parse('2026-11-20T16:00:00Z'))
  })
})
