import { describe, expect, it } from 'vitest'
import { dutiesAt } from './me'

const duties = [
  { id: 'a', start: '2026-11-20T00:00:00Z', end: '2026-11-20T07:00:00Z' },
  { id: 'b', start: '2026-11-21T00:00:00Z', end: '2026-11-21T07:00:00Z' },
]
const at = (iso: string) => dutiesAt(duties, Date.parse(iso))

describe('duties of an officer', () => {
  it('are the one that is on, from its start to just before its end, and the one after it', () => {
    expect(at('2026-11-20T00:00:00Z')).toEqual({ on: duties[0], next: duties[1] })
    expect(at('2026-11-20T06:59:59Z').on).toBe(duties[0])
    expect(at('2026-11-20T07:00:00Z')).toEqual({ on: null, next: duties[1] })
    expect(at('2026-11-22T00:00:00Z')).toEqual({ on: null, next: null })
  })
})
