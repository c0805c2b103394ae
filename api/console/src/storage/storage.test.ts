import { describe, expect, it } from 'vitest'
import { areas, bytesText, horizon, total, type Point } from './storage'

const point = (camera: number, body = 0): Point => ({ day: '2026-11-22', bytes: { camera, 'body-camera': body } })

describe('storage', () => {
  it('says sizes with three digits', () => {
    expect([0, 999, 1000, 12_340, 999_500, 10.8e12].map(bytesText)).toEqual(['0 B', '999 B', '1.00 KB', '12.3 KB', '1.00 MB', '10.8 TB'])
  })

  it('adds up classes', () => {
    expect(total(point(3, 4))).toBe(7)
    expect(total({ day: '2026-11-22', bytes: {} })).toBe(0)
  })

  it('looks a little beyond the last day that matters', () => {
    const points = Array.from({ length: 401 }, () => point(1))
    expect(horizon({ points, capacity: 1 })).toBe(30)
    expect(horizon({ points, capacity: 1, balancedInDays: 181 })).toBe(218)
    expect(horizon({ points, capacity: 1, fullInDays: 400 })).toBe(400)
  })

  it('stacks areas and leaves out what is nothing', () => {
    const found = areas([point(1), point(1, 1)], 2)
    expect(found.map((area) => area.code)).toEqual(['camera', 'body-camera'])
    expect(found[0]!.path).toBe('M0.0000 0.5000L1.0000 0.5000L1.0000 1.0000L0.0000 1.0000Z')
    expect(areas([point(0)], 0)).toEqual([])
  })
})
