/** Figures of a device and day of the bureau. */
export interface DeviceDay {
  day: string
  points: number
  kilometres: number
  source: 'mileage' | 'track'
  trackKilometres: number
  onlineMinutes: number
  movingMinutes: number
  largestGap?: { from: string; to: string; seconds: number } | null
  positionsKept: boolean
}

export interface Leg {
  kind: 'trip' | 'stop' | 'gap'
  from: string
  to: string
  seconds: number
  start: { longitude: number; latitude: number }
  finish?: { longitude: number; latitude: number } | null
  kilometres?: number | null
  topSpeed?: number | null
  silentSeconds?: number | null
  end?: 'stop' | 'gap' | 'data' | null
}

const DAY = 86_400_000

/** The last days up to one of them, oldest first, as `2026-11-22`. */
export function lastDays(until: string, count: number): string[] {
  const end = Date.parse(`${until}T00:00:00Z`)
  return Array.from({ length: count }, (_, i) => new Date(end - (count - 1 - i) * DAY).toISOString().slice(0, 10))
}

export function dayAfter(day: string): string {
  return lastDays(new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10), 1)[0]!
}
