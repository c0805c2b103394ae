import { describe, expect, it } from 'vitest'
import { fixAt, type PlacedFix } from '../devices/track'
import { GAP, lines } from './trackLayer'

function fixes(...seconds: number[]): PlacedFix[] {
  return seconds.map((second, i) => {
    const time = new Date(second * 1000).toISOString()
    return { deviceId: 'd', fixTime: time, receiveTime: time, longitude: i, latitude: i }
  })
}
const places = (track: PlacedFix[]) => track.map(({ longitude, latitude }) => [longitude, latitude] as [number, number])

describe('a track', () => {
  it('is one line while fixes follow each other', () => {
    const track = fixes(0, 10, 20)
    expect(lines(track, places(track)).map(({ properties }) => properties?.gap)).toEqual([false])
  })

  it('is broken over a gap, of which only the ends are known', () => {
    const track = fixes(0, 10, 10 + GAP / 1000 + 1, 10 + GAP / 1000 + 11)
    const parts = lines(track, places(track))
    expect(parts.map(({ properties }) => properties?.gap)).toEqual([false, true, false])
    expect(parts[1]?.geometry.coordinates).toEqual([[1, 1], [2, 2]])
  })

  it('draws no line for a single fix', () => {
    expect(lines(fixes(0), [[0, 0]])).toEqual([])
  })

  it('finds the last fix at or before an instant', () => {
    const track = fixes(10, 20, 30)
    expect([9, 10, 19, 20, 99].map((second) => fixAt(track, second * 1000))).toEqual([-1, 0, 0, 1, 2])
  })
})
