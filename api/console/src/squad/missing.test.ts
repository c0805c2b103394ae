import { describe, expect, it } from 'vitest'
import type { Duty } from '../duty/roster'
import { missingAt } from './missing'

const NOON = Date.parse('2026-11-22T04:00:00Z')

function duty(id: string, state: string | null, start = '2026-11-22T00:00:00Z', end = '2026-11-22T08:00:00Z'): Duty {
  return { id, state, start, end } as Duty
}

describe('who is missing now', () => {
  it('are the absent, those off post and the late, in this order', () => {
    const duties = [duty('late', 'late'), duty('on', 'on-post'), duty('off', 'off-post'), duty('absent', 'absent')]
    expect(missingAt(duties, NOON).map(({ id }) => id)).toEqual(['absent', 'off', 'late'])
  })

  it('is nobody whose device is silent, whose break it is, or whose duty is over or to come', () => {
    const duties = [
      duty('silent', 'unknown'),
      duty('break', 'break'),
      duty('over', 'absent', '2026-11-21T20:00:00Z', '2026-11-22T03:59:59Z'),
      duty('to come', 'late', '2026-11-22T04:00:01Z'),
      duty('no state', null),
    ]
    expect(missingAt(duties, NOON)).toEqual([])
  })
})
