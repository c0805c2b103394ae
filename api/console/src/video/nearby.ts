import type { Stream } from './stream'

/** So many cameras of a view are listed; of more, somebody comes nearer. */
export const MOST_NEARBY = 50

/** A part of the earth, degrees: west, south, east, north. */
export type Bounds = readonly [number, number, number, number]

/** The cameras within a view of the map, the nearest to its middle first. */
export function nearby(streams: readonly Stream[], [west, south, east, north]: Bounds): Stream[] {
  const middle = { longitude: (west + east) / 2, latitude: (south + north) / 2 }
  // A degree of longitude is so much shorter than one of latitude here.
  const narrow = Math.cos((middle.latitude * Math.PI) / 180)
  return streams
    .flatMap((stream) => {
      const { location } = stream
      const within =
        location && location.longitude >= west && location.longitude <= east && location.latitude >= south && location.latitude <= north
      return within
        ? [{ stream, off: Math.hypot((location.longitude - middle.longitude) * narrow, location.latitude - middle.latitude) }]
        : []
    })
    .sort((a, b) => a.off - b.off)
    .map(({ stream }) => stream)
}
