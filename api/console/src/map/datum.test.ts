import { describe, expect, it } from 'vitest'
import { fromDisplay, toDisplay, type Datum, type LonLat } from './datum'
import { metresBetween } from './geometry'

const PLACES: LonLat[] = [
  [121.437, 31.196],
  [116.3913, 39.9075],
  [113.2644, 23.1291],
  [87.6168, 43.8256],
]

describe('display datums', () => {
  it('leave WGS-84 and CGCS2000 alone', () => {
    expect(toDisplay('WGS84', PLACES[0]!)).toEqual(PLACES[0])
    expect(toDisplay('CGCS2000', PLACES[0]!)).toEqual(PLACES[0])
  })

  it('shift GCJ-02 as the published implementations do', () => {
    // Tiananmen: the published value of eviltransform and coordtransform for this place.
    const [longitude, latitude] = toDisplay('GCJ02', [116.404, 39.915])
    expect(longitude).toBeCloseTo(116.41024449916938, 7)
    expect(latitude).toBeCloseTo(39.91640428150164, 7)
  })

  it('shift BD-09 by some hundred metres more', () => {
    const [longitude, latitude] = toDisplay('BD09', [116.404, 39.915])
    expect(longitude).toBeCloseTo(116.41662724378733, 6)
    expect(latitude).toBeCloseTo(39.922699552216216, 6)
  })

  it.each(['GCJ02', 'BD09'] as Datum[])('come back from %s to better than a centimetre', (datum) => {
    for (const place of PLACES) {
      expect(metresBetween(fromDisplay(datum, toDisplay(datum, place)), place)).toBeLessThan(0.01)
    }
  })

  it('do not shift what lies outside of the mainland', () => {
    expect(toDisplay('GCJ02', [2.35, 48.86])).toEqual([2.35, 48.86])
  })
})
