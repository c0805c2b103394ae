import type { Tone } from '../duty/presence'
import type { Corner } from './outline'
import { streamPath } from './stream'

/** The rules that the service of this release runs. */
export const ZONE_RULES = ['clutter'] as const
export const ZONE_STATES = ['trial', 'live', 'retired'] as const
export type ZoneState = (typeof ZONE_STATES)[number]

/** A polygon in a camera's picture with a rule. */
export interface Zone {
  id: string
  name: string
  polygon: Corner[]
  rule: string
  /** Seconds that something must stay before it is a lead. */
  dwellSeconds: number
  state: ZoneState
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

/** The points of a polygon for SVG, in a box of so many units. */
export function points(polygon: readonly Corner[], width: number, height: number): string {
  return polygon.map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join(' ')
}
