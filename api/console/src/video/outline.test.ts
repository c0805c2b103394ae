import { describe, expect, it } from 'vitest'
import { add, close, EMPTY, faultOf, middles, move, remove, split, undo, type Corner, type Outline } from './outline'

const near = (a: Corner, b: Corner) => Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.01
const drawn = (...corners: Corner[]) => corners.reduce((outline, corner) => add(outline, corner, false), EMPTY)
const square: Outline = close(drawn([0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]), near)

describe('an outline in a picture', () => {
  it('is drawn corner by corner and closed on the first one', () => {
    const three = drawn([0.1, 0.1], [0.9, 0.1], [0.9, 0.9])
    expect(add(three, [0.1, 0.1], true)).toEqual({ corners: three.corners, closed: true })
    expect(add(drawn([0.1, 0.1], [0.9, 0.1]), [0.1, 0.1], true).closed).toBe(false)
  })

  it('closes on a double click without keeping its two clicks as two corners', () => {
    expect(close(drawn([0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.901, 0.9]), near).corners).toHaveLength(3)
    expect(close(drawn([0.1, 0.1], [0.9, 0.1], [0.901, 0.1]), near).closed).toBe(false)
  })

  it('never leaves the picture', () => {
    expect(drawn([-0.2, 1.4]).corners).toEqual([[0, 1]])
    expect(move(square, 0, [1.5, -3]).corners[0]).toEqual([1, 0])
  })

  it('gets and loses corners, and keeps three', () => {
    expect(middles(square)[0]).toEqual([0.5, 0.2])
    expect(split(square, 3).corners).toHaveLength(5)
    expect(split(square, 3).corners[4]).toEqual([0.2, 0.5])
    const triangle = remove(square, 0)
    expect(remove(triangle, 0)).toBe(triangle)
    expect(undo(drawn([0, 0], [1, 1])).corners).toHaveLength(1)
    expect(undo(square)).toBe(square)
  })

  it('is no zone while it is open or crosses itself', () => {
    expect(faultOf(drawn([0, 0], [1, 0], [1, 1]))).toBe('open')
    expect(faultOf(square)).toBeNull()
    expect(faultOf(close(drawn([0, 0], [1, 1], [1, 0], [0, 1]), near))).toBe('crosses')
  })
})
