import { get } from '../http/client'
import { streamPath } from '../video/stream'

export const CLASSES = ['camera', 'body-camera', 'mobile'] as const
export type StorageClass = (typeof CLASSES)[number]

export interface ClassFigures {
  code: StorageClass
  days: number
  version: number
  changedBy?: string
  changedAt?: string
  streams: number
  bytes: number
  heldBytes: number
  bytesPerDay: number
  bitsPerSecond?: number
}

export interface Point {
  day: string
  bytes: Partial<Record<StorageClass, number>>
}

export interface Forecast {
  points: Point[]
  capacity: number
  fullInDays?: number
  balancedInDays?: number
}

/** The disk of the recordings; all sizes in bytes. */
export interface Overview {
  at: string
  total: number
  usable: number
  keepFree: number
  relieveBelow: number
  legalDays: number
  classes: ClassFigures[]
  /** Absent until a day was recorded. */
  forecast?: Forecast | null
  /** From when on there is a forecast; absent while nothing is recorded. */
  forecastFrom?: string | null
}

export interface DeletedDay {
  day: string
  reason: 'age' | 'disk'
  streams: number
  segments: number
  bytes: number
  from: string
  to: string
}

export interface Hold {
  id: string
  streamId: string
  streamName: string
  from: string
  to: string
  reason: string
  source: string
  madeBy: string
  madeAt: string
  version: number
}

export interface Held {
  from: string
  to: string
  source: string
}

export interface Deleted {
  from: string
  to: string
  reason: 'age' | 'disk'
  days: number
  at: string
}

/** What of a stream is held and what was deleted. */
export interface Kept {
  held: Held[]
  deleted: Deleted[]
}

export function readKept(streamId: string, from: number, to: number, signal: AbortSignal): Promise<Kept> {
  const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  return get<Kept>(streamPath(streamId, '/kept'), { query, signal })
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** Bytes in powers of 1000, as disks are sold; three digits at most. */
export function bytesText(bytes: number): string {
  let value = Math.max(0, bytes)
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${value.toFixed(digits)} ${UNITS[unit]}`
}

export function total(point: Point): number {
  return CLASSES.reduce((sum, code) => sum + (point.bytes[code] ?? 0), 0)
}

/** How many days of the forecast are worth a look: a little beyond the day on which nothing more changes. */
export function horizon({ points, fullInDays, balancedInDays }: Forecast): number {
  return Math.min(points.length - 1, Math.max(30, Math.ceil(Math.max(fullInDays ?? 0, balancedInDays ?? 0) * 1.2)))
}

export interface Area {
  code: StorageClass
  path: string
}

/** One area for each class, stacked, in a box of 1 by 1 with its origin at the top left. */
export function areas(points: readonly Point[], most: number): Area[] {
  const x = (i: number) => (points.length < 2 ? 0 : i / (points.length - 1)).toFixed(4)
  const y = (bytes: number) => (1 - (most > 0 ? bytes / most : 0)).toFixed(4)
  const below = points.map(() => 0)
  return CLASSES.flatMap((code) => {
    const floor = [...below]
    points.forEach((point, i) => (below[i] = below[i]! + (point.bytes[code] ?? 0)))
    if (below.every((bytes, i) => bytes === floor[i])) {
      return []
    }
    const top = below.map((bytes, i) => `${x(i)} ${y(bytes)}`)
    const bottom = floor.map((bytes, i) => `${x(i)} ${y(bytes)}`).reverse()
    return [{ code, path: `M${[...top, ...bottom].join('L')}Z` }]
  })
}
