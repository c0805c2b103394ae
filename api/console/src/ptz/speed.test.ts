import { describe, expect, it } from 'vitest'
import { DEAD, STILL, turnAt, turnOf } from './speed'

const RADIUS = 50

describe('the speed under a pointer', () => {
  it('is nothing in the middle', () => {
    expect(turnAt(0, 0, RADIUS)).toEqual(STILL)
    expect(turnAt(RADIUS * DEAD - 1, 0, RADIUS)).toEqual(STILL)
    expect(turnAt(10, 10, 0)).toEqual(STILL)
  })

  it('is one of eight directions', () => {
    const full = (dx: number, dy: number) => turnAt(dx * RADIUS, dy * RADIUS, RADIUS)
    expect(full(1, 0)).toEqual({ pan: 1, tilt: 0 })
    expect(full(1, -1)).toEqual({ pan: 1, tilt: 1 })
    expect(full(0, -1)).toEqual({ pan: 0, tilt: 1 })
    expect(full(-1, -1)).toEqual({ pan: -1, tilt: 1 })
    expect(full(-1, 0)).toEqual({ pan: -1, tilt: 0 })
    expect(full(-1, 1)).toEqual({ pan: -1, tilt: -1 })
    expect(full(0, 1)).toEqual({ pan: 0, tilt: -1 })
    expect(full(1, 1)).toEqual({ pan: 1, tilt: -1 })
  })

  it('takes the nearest direction of a hand that is not exact', () => {
    expect(turnAt(50, -12, RADIUS)).toEqual({ pan: 1, tilt: 0 })
    expect(turnAt(50, -30, RADIUS)).toEqual({ pan: 1, tilt: 1 })
  })

  it('grows outwards and never above 1', () => {
    const speeds = [0.26, 0.4, 0.6, 0.8, 1, 3].map((out) => turnAt(out * RADIUS, 0, RADIUS).pan)
    expect(speeds).toEqual([0.1, 0.2, 0.5, 0.7, 1, 1])
  })
})

describe('the speed of arrow keys', () => {
  it('adds to diagonals and cancels opposites', () => {
    expect(turnOf(new Set(['ArrowUp', 'ArrowRight']), false)).toEqual({ pan: 0.5, tilt: 0.5 })
    expect(turnOf(new Set(['ArrowLeft', 'ArrowRight']), false)).toEqual(STILL)
    expect(turnOf(new Set(['ArrowDown']), true)).toEqual({ pan: 0, tilt: -1 })
  })
})
