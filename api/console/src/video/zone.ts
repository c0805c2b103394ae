import type { Tone } from '../duty/presence'
import type { Corner } from './outline'
import { streamPath } from './stream'

/** The rules that the service of this release runs. */
export const ZONE_RULES = ['clutter'] as const
export const ZONE_STATES = ['trial', 'live', 'retired'] as const
export type ZoneState = (typeof ZONE_STATES)[number]

/** Days are 1 Monday to 7 Sunday; times HH:mm, Beijing; an end not after the start is on the next day. */
export interface Hours {
  days: number[]
  startTime: string
  endTime: string
}

/** Zones without hours of their own; the service takes a whole week for always. */
export const ALWAYS: Hours = { days: [1, 2, 3, 4, 5, 6, 7], startTime: '00:00', endTime: '00:00' }

/** A polygon in a camera's picture with a rule. */
export interface Zone {
  id: string
  name: string
  polygon: Corner[]
  rule: string
  /** Seconds that something must stay before it is a lead. */
  dwellSeconds: number
  /** When it is watched; absent: always. */
  hours?: Hours
  state: ZoneState
  /** How many leads it had, and what became of those that somebody decided. */
  leads: { raised: number; confirmed: number; dismissed: number }
  /** Of its latest leads as it is: how many were decided, how many of these true; over how many and with what share it is judged. */
  standing: { decided: number; correct: number; needed: number; precision: number }
  version: number
}

export function zonesPath(streamId: string, zoneId?: string): string {
  return streamPath(streamId, zoneId === undefined ? '/zones' : `/zones/${encodeURIComponent(zoneId)}`)
}

export function zoneTone(state: ZoneState): Tone {
  switch (state) {
    case 'trial':
      return 'warning'
    case 'live':
      return 'good'
    case 'retired':
      return 'unknown'
  }
}

/** The share of the latest decided leads that were true; null before one was decided. */
export function precision({ standing }: Zone): number | null {
  return standing.decided === 0 ? null : standing.correct / standing.decided
}

/** The points of a polygon for SVG, in a box of so many units. */
export function points(polygon: readonly Corner[], width: number, height: number): string {
  return polygon.map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join(' ')
}
