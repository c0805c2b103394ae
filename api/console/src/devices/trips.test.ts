import { expect, it } from 'vitest'
import { dayAfter, lastDays } from './trips'

it('counts days over months and years', () => {
  expect(lastDays('2026-03-01', 3)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  expect(dayAfter('2026-12-31')).toBe('2027-01-01')
})
