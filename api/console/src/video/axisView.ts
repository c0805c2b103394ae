import { day, minuteOfDay, timeOfDay } from '../time/format'

/** What a time axis shows, milliseconds since 1970. */
export interface View {
  from: number
  to: number
}

/** A place on an axis that somebody points at. */
export interface Place {
  /** Pixels below the upper edge. */
  y: number
  at: number
  /** Whether an instant stands so near that it is meant. */
  near(instant: number): boolean
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Days begin so much before those of UTC: Beijing is eight hours ahead of it. */
const OFFSET = 8 * HOUR

/** An axis never shows less than this. */
export const LEAST = SECOND
/** Steps between ticks; the finest that leaves room for its labels is taken. */
const STEPS = [
  100,
  200,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
] as const
/** Wider than the widest of them: the first of each month, counted as so much. */
export const MONTH = 30 * DAY
/** Pixels that a label needs. */
const LABEL = 72

/** Zooms around an instant, which stays under the pointer; a factor below 1 shows less. Stays within the limits. */
export function zoom(view: View, around: number, factor: number, limits: View): View {
  const width = Math.min(limits.to - limits.from, Math.max(LEAST, (view.to - view.from) * factor))
  const share = (around - view.from) / (view.to - view.from)
  return within({ from: around - share * width, to: around + (1 - share) * width }, limits)
}

export function pan(view: View, by: number, limits: View): View {
  return within({ from: view.from + by, to: view.to + by }, limits)
}

/** The view moved just so far that an instant is in it. */
export function reveal(view: View, at: number, limits: View): View {
  if (at >= view.from && at <= view.to) {
    return view
  }
  const half = (view.to - view.from) / 2
  return within({ from: at - half, to: at + half }, limits)
}

/** Where an instant stands, from 0 at the left edge to 1 at the right; outside of that when it is not in view. */
export function shareOf(view: View, at: number): number {
  return (at - view.from) / (view.to - view.from)
}

export function instantAt(view: View, share: number): number {
  return view.from + share * (view.to - view.from)
}

/** Round instants for labels, by the clock of Beijing, as many as have room in so many pixels. */
export function ticks(view: View, pixels: number): { step: number; at: number[] } {
  const room = Math.max(1, pixels / LABEL)
  const step = STEPS.find((each) => (view.to - view.from) / each <= room)
  if (step === undefined) {
    return { step: MONTH, at: months(view, room) }
  }
  const at: number[] = []
  for (let tick = Math.ceil((view.from + OFFSET) / step) * step - OFFSET; tick <= view.to; tick += step) {
    at.push(tick)
  }
  return { step, at }
}

/** Firsts of months, of each or of every few. */
function months({ from, to }: View, room: number): number[] {
  const every = Math.ceil((to - from) / MONTH / room)
  const first = new Date(from + OFFSET)
  const at: number[] = []
  for (let month = first.getUTCMonth(); ; month += 1) {
    const tick = Date.UTC(first.getUTCFullYear(), month, 1) - OFFSET
    if (tick > to) {
      return at
    }
    if (tick >= from && (((month % 12) + 12) % 12) % every === 0) {
      at.push(tick)
    }
  }
}

/** What stands at a tick: as exact as the step of its axis asks for. */
export function tickLabel(step: number, at: number): string {
  if (step < SECOND) {
    const millis = new Date(at).getUTCMilliseconds()
    return millis === 0 ? timeOfDay(at) : `.${String(millis / 100)}`
  }
  if (step < MINUTE) {
    return timeOfDay(at)
  }
  if (step >= MONTH) {
    return day(at).slice(0, 7)
  }
  return step >= DAY || minuteOfDay(at) === '00:00' ? day(at).slice(5) : minuteOfDay(at)
}

/** A stretch as it stands on an axis, pixels. */
export interface Bar {
  from: number
  x: number
  width: number
}

/**
 * Stretches in order of time as bars, cut to the view; very short ones stay a pixel wide, and those that touch on screen
 * are one, so that a year has no more of them than a screen has pixels.
 */
export function barsOf(stretches: readonly { from: string; to: string }[], view: View, pixels: number): Bar[] {
  const bars: Bar[] = []
  for (const stretch of stretches) {
    const from = Date.parse(stretch.from)
    const left = Math.max(-2, shareOf(view, from) * pixels)
    const right = Math.min(pixels + 2, shareOf(view, Date.parse(stretch.to)) * pixels)
    if (right < 0 || left > pixels) {
      continue
    }
    const last = bars.at(-1)
    if (last && left - (last.x + last.width) < 0.5) {
      last.width = Math.max(last.width, right - last.x)
    } else {
      bars.push({ from, x: left, width: Math.max(1, right - left) })
    }
  }
  return bars
}

/** Of some instants in order, the next after or before another; undefined when there is none. */
export function neighbour(instants: readonly number[], at: number, direction: 1 | -1): number | undefined {
  // The one that playing stands at must not hold it fast.
  return direction > 0
    ? instants.find((each) => each > at + SECOND)
    : instants.findLast((each) => each < at - SECOND)
}

function within(view: View, limits: View): View {
  const width = Math.min(view.to - view.from, limits.to - limits.from)
  const from = Math.min(Math.max(view.from, limits.from), limits.to - width)
  return { from, to: from + width }
}
