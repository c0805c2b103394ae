import type { IconName } from '../ui/icons'

/** What one fact means for the shift: in words, colour and shape. */
export type Mark = 'good' | 'warning' | 'unknown'

export const SHAPES: Record<Mark, IconName> = { good: 'check', warning: 'warning', unknown: 'minus' }

export interface CameraState {
  deviceId: string
  name: string
  squadId: string | null
  squadName: string | null
  online: boolean
  lastSeen: string | null
  holder: { officerId: string; name: string; number: string; since: string } | null
  onDuty: boolean
  battery: { percent: number | null; at: string | null; mark: Mark }
  storage: { free: number | null; total: number | null; at: string | null; mark: Mark }
  /** Its clock less ours. */
  clock: { millis: number | null; at: string | null; mark: Mark }
  recording: { now: boolean | null; since: string | null }
  upload: { last: string | null; pending: number; mark: Mark }
}

export interface Checked {
  dutyId: string
  officerId: string
  officerName: string
  officerNumber: string
  squadName: string
  postName: string
  start: string
  end: string
  issued: Mark
  cameras: CameraState[]
  mark: Mark
}

/** One message of a camera; what it did not tell is missing. */
export interface Reading {
  at: string
  battery?: number | null
  storageFree?: number | null
}

export interface Custody {
  id: string
  deviceId: string
  deviceName: string
  officerId: string
  officerName: string
  from: string
  to: string | null
  version: number
}

/** What is low while its holder is on duty. */
export function remarks(state: CameraState): ('battery' | 'space')[] {
  if (!state.onDuty) {
    return []
  }
  return [
    ...(state.battery.mark === 'warning' ? (['battery'] as const) : []),
    ...(state.storage.mark === 'warning' ? (['space'] as const) : []),
  ]
}

/** A curve: where the steps lie, each 0 to 1 from the left and from the top. */
export interface Curve {
  path: string
  /** Of the axis. */
  most: number
  last: number
}

/**
 * One fact over a time, as it was told; a camera says nothing between two messages, so what was said stays until then.
 *
 * @param most of the axis; the largest value where none is given
 */
export function curve(points: readonly { at: number; value: number }[], from: number, to: number, most?: number): Curve | null {
  const inside = points.filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at)
  if (inside.length === 0) {
    return null
  }
  const top = most ?? Math.max(1, ...inside.map(({ value }) => value))
  const steps = inside.map(({ at, value }, i) => {
    const x = ((at - from) / (to - from)).toFixed(4)
    const y = (1 - value / top).toFixed(4)
    return i === 0 ? `M${x} ${y}` : `H${x}V${y}`
  })
  // A length of nothing at the end: with round ends a single report is a dot.
  return { path: `${steps.join('')}h0`, most: top, last: inside.at(-1)!.value }
}

/** Something that was done at the desk, the latest first. */
export interface Act {
  key: string
  at: string
  kind: 'issue' | 'return'
  custody: Custody
}

/** A custody is issued once and returned once at most; what lies ahead is not done yet. */
export function acts(custodies: readonly Custody[], from: number, now: number): Act[] {
  const done = (at: string | null) => at !== null && Date.parse(at) >= from && Date.parse(at) <= now
  return custodies
    .flatMap<Act>((custody) => [
      ...(done(custody.from) ? [{ key: `${custody.id}-issue`, at: custody.from, kind: 'issue' as const, custody }] : []),
      ...(done(custody.to ?? null) ? [{ key: `${custody.id}-return`, at: custody.to!, kind: 'return' as const, custody }] : []),
    ])
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
