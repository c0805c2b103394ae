import { describe, expect, it } from 'vitest'
import { lastWhole, minutes } from './report'

const at = (local: string) => Date.parse(`${local}+08:00`)

describe('the last whole period', () => {
  it('is a week from Monday to Sunday, also on a Monday and a Sunday', () => {
    expect(lastWhole('week', at('2026-11-22T23:30:00'))).toEqual(['2026-11-09', '2026-11-15'])
    expect(lastWhole('week', at('2026-11-23T00:30:00'))).toEqual(['2026-11-16', '2026-11-22'])
  })

  it('is the month before, also in January', () => {
    expect(lastWhole('month', at('2026-03-01T00:10:00'))).toEqual(['2026-02-01', '2026-02-28'])
    expect(lastWhole('month', at('2026-01-15T12:00:00'))).toEqual(['2025-12-01', '2025-12-31'])
  })

  it('is the quarter before', () => {
    expect(lastWhole('quarter', at('2026-11-22T12:00:00'))).toEqual(['2026-07-01', '2026-09-30'])
    expect(lastWhole('quarter', at('2026-02-22T12:00:00'))).toEqual(['2025-10-01', '2025-12-31'])
  })
})

it('minutes are those of the paper', () => {
  expect(minutes(5430)).toBe('90.5')
})
