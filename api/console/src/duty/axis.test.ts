import { describe, expect, it } from 'vitest'
import { axisOf } from './axis'
import { currentInterval } from './presenceOf'

const MIDNIGHT = Date.parse('2026-11-20T16:00:00Z')
const HOUR = 3_600_000
const duty = (from: number, to: number) => ({
  start: new Date(MIDNIGHT + from * HOUR).toISOString(),
  end: new Date(MIDNIGHT + to * HOUR).toISOString(),
})

describe('the axis of a day', () => {
  it('goes in whole hours around its duties', () => {
    expect(axisOf([duty(7.5, 15), duty(9, 18.2)], MIDNIGHT)).toEqual({ from: MIDNIGHT + 7 * HOUR, to: MIDNIGHT + 19 * HOUR })
  })

  it('is a working day when there are none', () => {
    expect(axisOf([], MIDNIGHT)).toEqual({ from: MIDNIGHT + 7 * HOUR, to: MIDNIGHT + 19 * HOUR })
  })

  it('is not squeezed by a duty of many days', () => {
    expect(axisOf([duty(-48, 72)], MIDNIGHT)).toEqual({ from: MIDNIGHT - 6 * HOUR, to: MIDNIGHT + 30 * HOUR })
  })
})

describe('the present interval of a duty', () => {
  const interval = (from: string, to: string, state: string) => ({ from, to, state, cause: null })

  it('reaches back over intervals of one state that touch', () => {
    const intervals = [interval('1', '2', 'late'), interval('2', '3', 'on-post'), interval('3', '4', 'on-post')]
    expect(currentInterval(intervals)).toMatchObject({ from: '2', to: '4', state: 'on-post' })
  })

  it('is none without intervals', () => {
    expect(currentInterval([])).toBeNull()
  })
})
