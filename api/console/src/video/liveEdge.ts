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

/**
 * Farther behind than this, in seconds, playing goes faster until it is back at {@link LEAD}: a jump would be seen. Hardly
 * more than that, or how old a picture is would hang on the moment at which somebody came.
 */
export const HURRY_BEHIND = 0.42
/** How much faster; pictures hardly show it, and browsers keep the pitch of the sound. */
export const HURRY = 1.2
/** What each stall adds to the distance that is borne, in seconds: what comes in bursts needs a reserve. */
export const RESERVE = 0.2
/** So many fragments without a stall, a minute of them, in which a reserve was not needed take it away again. */
export const CALM = 300
/** Longest fragment of the service, in seconds: so much less is left when the next one comes. */
const FRAGMENT = 0.2

/**
 * How fast to play so that the distance to the edge stays short: whatever was lost while a picture stood still would
 * otherwise stay lost until it is worth a jump. One for each connection; asked once for each fragment.
 */
export class Pace {
  private allowed = HURRY_BEHIND
  private hurrying = false
  private calm = 0
  private least = Infinity

  /** Playing stood still because nothing was there to be shown. */
  stalled(): void {
    this.allowed = Math.min(MOST_BEHIND, this.allowed + RESERVE)
    this.hurrying = false
    this.calm = 0
    this.least = Infinity
  }

  /** @param behind seconds from what is shown to the end of the buffer, in which the fragment already is */
  rate(behind: number): number {
    this.calm += 1
    this.least = Math.min(this.least, behind)
    if (this.calm >= CALM) {
      if (this.least - FRAGMENT >= RESERVE) {
        this.allowed = Math.max(HURRY_BEHIND, this.allowed - RESERVE)
      }
      this.calm = 0
      this.least = Infinity
    }
    this.hurrying = behind > (this.hurrying ? this.allowed - HURRY_BEHIND + LEAD : this.allowed)
    return this.hurrying ? HURRY : 1
  }
}
