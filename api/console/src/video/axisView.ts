/** What a time axis shows, milliseconds since 1970. */
export interface View {
  from: number
  to: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** An axis never shows less than this. */
export const LEAST = MINUTE
/** Steps between ticks; the finest that leaves room for its labels is taken. */
const STEPS = [
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
  24 * HOUR,
] as const
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
  const step = STEPS.find((each) => (view.to - view.from) / each <= room) ?? STEPS.at(-1)!
  // Beijing is a whole number of hours from UTC, but days begin at 16:00 of UTC.
  const offset = 8 * HOUR
  const at: number[] = []
  for (let tick = Math.ceil((view.from + offset) / step) * step - offset; tick <= view.to; tick += step) {
    at.push(tick)
  }
  return { step, at }
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
