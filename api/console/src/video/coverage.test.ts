import { describe, expect, it } from 'vitest'
import { byCause, percent } from './coverage'

describe('coverage', () => {
  it('sums gaps by cause, the longest first', () => {
    const gap = (from: string, to: string, cause: string | null) => ({ from: `2026-11-22T${from}Z`, to: `2026-11-22T${to}Z`, cause })
    expect(
      byCause([
        gap('01:00:00', '01:01:00', 'timeout'),
        gap('02:00:00', '03:00:00', 'disk-full'),
        gap('04:00:00', '04:00:30', 'timeout'),
        gap('05:00:00', '05:00:01', null),
      ]),
    ).toEqual([
      { cause: 'disk-full', count: 1, seconds: 3600 },
      { cause: 'timeout', count: 2, seconds: 90 },
      { cause: null, count: 1, seconds: 1 },
    ])
  })

  it('is 100 % only when nothing is missing', () => {
    expect([percent(1), percent(0.99999), percent(0.982), percent(0)]).toEqual(['100%', '99.9%', '98.2%', '0.0%'])
  })
})
