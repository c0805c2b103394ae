/** Farther behind than this, in seconds, playing jumps to the edge. */
export const MOST_BEHIND = 1.5
/** So far behind the end of the buffer a jump lands: two fragments, so that the next may be a little late. */
export const LEAD = 0.4

/** The stretches of a buffer, as `TimeRanges` gives them. */
export type Ranges = Pick<TimeRanges, 'length' | 'start' | 'end'>

/**
 * Where playing must jump to stay live, in seconds of the media's timeline; null while it is well where it is. Only the
 * newest stretch counts: what lies before a hole is past.
 */
export function jumpTo(buffered: Ranges, current: number): number | null {
  if (buffered.length === 0) {
    return null
  }
  const start = buffered.start(buffered.length - 1)
  const end = buffered.end(buffered.length - 1)
  const within = current >= start && current <= end
  return within && end - current <= MOST_BEHIND ? null : Math.max(start, end - LEAD)
}
