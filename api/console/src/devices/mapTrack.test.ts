import { describe, expect, it } from 'vitest'
import { placeAt, pointsOf, zoomFor, type MapTrack } from './mapTrack'

const segment = (joined: boolean, time: number[], longitude: number[]) => ({
  joined,
  time,
  longitude,
  latitude: longitude.map(() => 0),
  speed: longitude.map(() => -1),
})
const track = (...segments: MapTrack['segments']): MapTrack => ({
  positions: 0,
  placed: 0,
  shown: 0,
  cut: false,
  deletedDays: [],
  segments,
})

describe('a way', () => {
  it('is the sum of its differences', () => {
    const points = pointsOf(track(segment(false, [1_000, 500, 500], [121_000_000, 10, -5])))
    expect(points.map(({ fixTime }) => Date.parse(fixTime))).toEqual([1_000, 1_500, 2_000])
    expect(points.map(({ longitude }) => longitude)).toEqual([121, 121.00001, 121.000005])
    expect(points.map(({ gap }) => gap)).toEqual([false, false, false])
  })

  it('has a gap before a new segment, and none where a segment only became long', () => {
    const points = pointsOf(
      track(segment(false, [0, 10], [1, 1]), segment(true, [10, 10], [2, 1]), segment(false, [900, 10], [9, 1])),
    )
    expect(points.map(({ fixTime }) => Date.parse(fixTime))).toEqual([0, 10, 20, 900, 910])
    expect(points.map(({ gap }) => gap)).toEqual([false, false, false, true, false])
  })

  it('goes evenly from point to point and is nowhere within a gap', () => {
    const points = pointsOf(track(segment(false, [0, 100], [0, 1_000_000]), segment(false, [900], [5_000_000])))
    expect(placeAt(points, 0, 25)?.longitude).toBe(0.25)
    expect(placeAt(points, 1, 500)).toBeNull()
    expect(placeAt(points, 2, 950)?.longitude).toBe(5)
    expect(placeAt(points, -1, 0)).toBeNull()
  })

  it('is asked for at whole zooms', () => {
    expect([0, 12.2, 13, 22].map(zoomFor)).toEqual([0, 13, 13, 18])
  })
})
