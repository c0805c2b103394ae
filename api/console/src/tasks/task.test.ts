import { describe, expect, it } from 'vitest'
import { byClock, merged, reasonsOf, type Task } from './task'

function task(id: string, openedAt: string, dueAt: string | null = null): Task {
  return { id, openedAt, dueAt } as Task
}

describe('a list of tasks', () => {
  const old = task('1', '2026-11-22T01:00:00Z')
  const middle = task('2', '2026-11-22T02:00:00Z')
  const young = task('3', '2026-11-22T03:00:00Z')

  it('loses what a whole reading no longer has', () => {
    expect(merged([young, middle, old], [young], false)).toEqual([young])
  })

  it('keeps what lies beyond a reading of its beginning', () => {
    expect(merged([middle, old], [young, middle], true).map(({ id }) => id)).toEqual(['3', '2', '1'])
    expect(merged([young, middle, old], [middle], true).map(({ id }) => id)).toEqual(['2', '1'])
  })

  it('is worked by clock, what has none last', () => {
    const soon = task('4', '2026-11-22T03:00:00Z', '2026-11-22T03:10:00Z')
    const late = task('5', '2026-11-22T01:00:00Z', '2026-11-22T04:00:00Z')
    expect([old, late, middle, soon].sort(byClock).map(({ id }) => id)).toEqual(['4', '5', '1', '2'])
  })

  it('asks for reasons where somebody is told no', () => {
    expect(reasonsOf('sign')).toEqual([])
    expect(reasonsOf('return')).toContain('not-our-area')
    expect(reasonsOf('check-failed')).not.toContain('not-our-area')
  })
})
