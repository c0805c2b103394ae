import { describe, expect, it } from 'vitest'
import { beside, clear, place, placeAll, readWall, swap, target, wallOf, withLayout, writeWall } from './wall'

describe('a video wall', () => {
  it('is what its address says', () => {
    expect(readWall('9', 'a,,b').cells).toEqual(['a', null, 'b', null, null, null, null, null, null])
    expect(readWall(undefined, undefined)).toEqual({ layout: 4, cells: [null, null, null, null] })
    expect(readWall('7', 'a,a,b,c,d,e')).toEqual({ layout: 4, cells: ['a', null, 'b', 'c'] })
  })

  it('comes back from its address, whatever the ids hold', () => {
    const wall = place(place(readWall('9', ''), 4, '34020000/01,2'), 1, '记录仪')
    const { layout, cells } = writeWall(wall)
    expect(readWall(layout, cells)).toEqual(wall)
    expect(writeWall(readWall('4', ''))).toEqual({ layout: undefined, cells: undefined })
  })

  it('shows a stream once: a second place changes with the first', () => {
    const wall = readWall('4', 'a,b')
    expect(place(wall, 1, 'a').cells).toEqual(['b', 'a', null, null])
    expect(place(wall, 3, 'a').cells).toEqual([null, 'b', null, 'a'])
  })

  it('loses an empty cell rather than a picture when it gets smaller', () => {
    expect(withLayout(readWall('9', ',,,,,a,b'), 4).cells).toEqual(['a', 'b', null, null])
    expect(withLayout(readWall('4', 'a,,b'), 9).cells.slice(0, 4)).toEqual(['a', null, 'b', null])
  })

  it('takes the next camera into the chosen cell, else the first empty one, else the last', () => {
    const wall = readWall('4', 'a,,b')
    expect([target(wall, 0), target(wall, null), target(wall, 8)]).toEqual([0, 1, 1])
    expect(target(readWall('4', 'a,b,c,d'), null)).toBe(3)
    expect(clear(wall, 0).cells).toEqual([null, null, 'b', null])
  })

  it('takes a whole squad from a cell on, as far as there is room', () => {
    expect(placeAll(readWall('4', ''), 2, ['a', 'b', 'c']).cells).toEqual(['c', null, 'a', 'b'])
    expect(placeAll(readWall('4', 'x'), 0, ['a', 'b', 'c', 'd', 'e']).cells).toEqual(['a', 'b', 'c', 'd'])
    expect(wallOf(4, ['a', null, 'b', 'c', 'd']).cells).toEqual(['a', null, 'b', 'c'])
  })

  it('is moved about in by keys, to its edge', () => {
    const wall = readWall('9', 'a,b')
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'x'].map((key) => beside(wall, 4, key))).toEqual([3, 5, 1, 7, null])
    expect(['ArrowLeft', 'ArrowUp'].map((key) => beside(wall, 0, key))).toEqual([0, 0])
    expect(['ArrowRight', 'ArrowDown'].map((key) => beside(wall, 8, key))).toEqual([8, 8])
    expect(swap(wall, 1, 2).cells.slice(0, 3)).toEqual(['a', null, 'b'])
  })
})
