import { get, type Page } from '../http/client'

/** One stored fix of a device; what was not sent is absent. */
export interface Fix {
  deviceId: string
  fixTime: string
  receiveTime: string
  longitude?: number | null
  latitude?: number | null
  altitude?: number | null
  speed?: number | null
  heading?: number | null
  satellites?: number | null
  mileage?: number | null
  valid?: boolean
  buffered?: boolean
  flags?: string[]
  alarms?: string[]
  status?: Record<string, unknown>
  /** What additional items say, by name. */
  details?: Record<string, unknown>
}

/** A place on a track. */
export interface TrackPoint {
  fixTime: string
  longitude: number
  latitude: number
  /** Whether nobody knows the way to it; told by the time before it where this is absent. */
  gap?: boolean
}

/** A fix that has a place. */
export interface PlacedFix extends Fix, TrackPoint {
  fixTime: string
  longitude: number
  latitude: number
}

export interface Track {
  fixes: PlacedFix[]
  /** Later fixes were left out, because a map of more is no use to anybody. */
  cut: boolean
}

const PAGE = 10_000
/** A day at one fix every 4 seconds. */
const MOST = 21_600

/**
 * Reads the track of a device in `[from, to)`, in fix-time order.
 *
 * @param from and to, milliseconds
 * @param purpose why; the service logs it
 */
export async function readTrack(
  deviceId: string,
  from: number,
  to: number,
  purpose: string,
  signal?: AbortSignal,
): Promise<Track> {
  const fixes: PlacedFix[] = []
  let cursor: string | null = null
  do {
    const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: PAGE, cursor }
    const page: Page<Fix> = await get(`/devices/${encodeURIComponent(deviceId)}/positions`, { query, purpose, signal })
    fixes.push(...page.items.filter(isPlaced))
    cursor = page.next ?? null
  } while (cursor !== null && fixes.length < MOST)
  return { fixes: fixes.slice(0, MOST), cut: cursor !== null || fixes.length > MOST }
}

/** The index of the last fix at or before an instant; -1 before the first. */
export function fixAt(fixes: readonly TrackPoint[], at: number): number {
  let low = 0
  let high = fixes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (Date.parse(fixes[middle]!.fixTime) <= at) {
      low = middle + 1
    } else {
      high = middle
    }
  }
  return low - 1
}

function isPlaced(fix: Fix): fix is PlacedFix {
  return typeof fix.longitude === 'number' && typeof fix.latitude === 'number' && fix.valid !== false
}
