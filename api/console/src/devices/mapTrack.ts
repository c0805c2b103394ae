import { get } from '../http/client'
import type { TrackPoint } from './track'

/** A track as the service thins it for a zoom: columns of differences, see the API's `MapTrack`. */
export interface MapTrack {
  positions: number
  placed: number
  shown: number
  cut: boolean
  /** UTC days of which positions were deleted by age. */
  deletedDays: string[]
  segments: {
    joined: boolean
    time: number[]
    longitude: number[]
    latitude: number[]
    speed: number[]
    alarms?: { at: number; labels: string[] }[]
  }[]
}

export interface Way {
  /** The zoom that it is good for. */
  zoom: number
  points: TrackPoint[]
  /** Stored positions, those that were thinned out among them. */
  positions: number
  placed: number
  cut: boolean
  deletedDays: string[]
}

const DEEPEST = 18

/** The whole zoom whose track is good enough for a map at this one. */
export function zoomFor(zoom: number): number {
  return Math.min(DEEPEST, Math.max(0, Math.ceil(zoom)))
}

/**
 * Reads the way of a device in `[from, to)`, right to half a pixel of a map at this zoom.
 *
 * @param from and to, milliseconds
 * @param purpose why; the service logs it
 */
export async function readWay(
  deviceId: string,
  from: number,
  to: number,
  zoom: number,
  purpose: string,
  signal?: AbortSignal,
): Promise<Way> {
  const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), zoom }
  const read = await get<MapTrack>(`/devices/${encodeURIComponent(deviceId)}/track`, { query, purpose, signal })
  const { positions, placed, cut, deletedDays } = read
  return { zoom, points: pointsOf(read), positions, placed, cut, deletedDays }
}

/** The points of all segments; the first of a segment that joins on is the last of the one before it. */
export function pointsOf(track: MapTrack): TrackPoint[] {
  const points: TrackPoint[] = []
  for (const { joined, time, longitude, latitude } of track.segments) {
    let at = 0
    let east = 0
    let north = 0
    time.forEach((step, i) => {
      at += step
      east += longitude[i]!
      north += latitude[i]!
      if (i > 0 || !joined) {
        const gap = i === 0 && points.length > 0
        points.push({ fixTime: new Date(at).toISOString(), longitude: east / 1e6, latitude: north / 1e6, gap })
      }
    })
  }
  return points
}

/** Where the device was at an instant, going evenly from point to point; null before, after, and within a gap. */
export function placeAt(points: readonly TrackPoint[], index: number, at: number): TrackPoint | null {
  const before = points[index]
  const after = points[index + 1]
  if (!before) {
    return null
  }
  const start = Date.parse(before.fixTime)
  if (!after || after.gap) {
    return at === start || !after ? before : null
  }
  const part = (at - start) / Math.max(1, Date.parse(after.fixTime) - start)
  return {
    fixTime: new Date(at).toISOString(),
    longitude: before.longitude + part * (after.longitude - before.longitude),
    latitude: before.latitude + part * (after.latitude - before.latitude),
  }
}
