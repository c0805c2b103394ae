import { describe, expect, it } from 'vitest'
import { begin, go, left, pagesOf, pause, resume, tick } from './patrol'

describe('a patrol', () => {
  it('cuts its streams into pages, the last of which may have empty cells', () => {
    expect(pagesOf(['a', 'b', 'c', 'd', 'e'], 4)).toEqual([['a', 'b', 'c', 'd'], ['e']])
    expect(pagesOf([], 4)).toEqual([])
  })

  it('turns a page when its time is over, and after the last begins again', () => {
    const start = begin(2, 10, 0)
    expect(tick(start, 9_999)).toBe(start)
    const second = tick(start, 10_000)
    expect([second.page, left(second, 10_000)]).toEqual([1, 10_000])
    expect(tick(second, 20_000).page).toBe(0)
  })

  it('skips no page when nobody asked for long', () => {
    const woken = tick(begin(5, 10, 0), 3_600_000)
    expect([woken.page, left(woken, 3_600_000)]).toEqual([1, 10_000])
  })

  it('stands while it is paused and goes on with what remained', () => {
    const paused = pause(begin(3, 10, 0), 4_000)
    expect(tick(paused, 100_000)).toBe(paused)
    const again = resume(paused, 100_000)
    expect([again.page, left(again, 100_000)]).toEqual([0, 6_000])
    expect(tick(again, 106_000).page).toBe(1)
    expect(resume(again, 101_000)).toBe(again)
  })

  it('goes back and forth by hand, paused or not, with the whole time for the page', () => {
    expect(go(begin(3, 10, 0), -1, 5_000)).toMatchObject({ page: 2, since: 5_000, paused: null })
    expect(left(go(pause(begin(3, 10, 0), 4_000), 1, 9_000), 50_000)).toBe(10_000)
  })

  it('of one page never turns', () => {
    const single = begin(1, 5, 0)
    expect(tick(single, 60_000)).toBe(single)
  })
})
