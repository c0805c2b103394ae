import { describe, expect, it } from 'vitest'
import { boundsOf, crossesItself, labelPoint, metresBetween, outerRing } from './geometry'

const square: [number, number][] = [[121.4, 31.2], [121.41, 31.2], [121.41, 31.21], [121.4, 31.21]]

describe('geometry on the screen', () => {
  it('measures a degree of latitude', () => {
    expect(metresBetween([121, 31], [121, 32])).toBeCloseTo(111_195, -1)
  })

  it('labels an area in its middle', () => {
    const [x, y] = labelPoint({ type: 'Polygon', coordinates: [[...square, square[0]!]] })
    expect(x).toBeCloseTo(121.405, 9)
    expect(y).toBeCloseTo(31.205, 9)
  })

  it('labels an area without extent at its first corner', () => {
    expect(labelPoint({ type: 'Polygon', coordinates: [[[1, 2], [1, 2], [1, 2], [1, 2]]] })).toEqual([1, 2])
  })

  it('takes the most detailed part of an area of several', () => {
    const triangle: [number, number][] = [[0, 0], [1, 0], [0, 1], [0, 0]]
    const coordinates = [[triangle], [[...square, square[0]!]]]
    expect(outerRing({ type: 'MultiPolygon', coordinates })).toHaveLength(5)
  })

  it('finds the bounds of places and none of nothing', () => {
    expect(boundsOf(square)).toEqual([121.4, 31.2, 121.41, 31.21])
    expect(boundsOf([])).toBeNull()
  })

  it('sees when an outline crosses itself', () => {
    expect(crossesItself(square)).toBe(false)
    expect(crossesItself([square[0]!, square[2]!, square[1]!, square[3]!])).toBe(true)
    expect(crossesItself(square.slice(0, 3))).toBe(false)
  })
})
