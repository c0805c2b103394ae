/** A piece of a playlist as hls.js lists it: its place on the media's timeline, and when it was recorded. */
export interface Piece {
  /** Seconds on the media's timeline, where holes in the recording take no time. */
  start: number
  duration: number
  /** Milliseconds since 1970 of its first frame; null when the playlist does not tell. */
  programDateTime: number | null
}

/** When what stands at a place of the timeline was recorded; null before there is anything. */
export function instantOf(pieces: readonly Piece[], media: number): number | null {
  const piece = pieces.findLast(({ start }) => start <= media + 1e-6) ?? pieces[0]
  return piece?.programDateTime == null ? null : piece.programDateTime + (media - piece.start) * 1000
}

/**
 * Where on the timeline an instant stands. An instant in a hole gives the beginning of what comes after it; one behind
 * the last piece gives null.
 */
export function mediaOf(pieces: readonly Piece[], at: number): number | null {
  for (const { start, duration, programDateTime } of pieces) {
    if (programDateTime !== null && at < programDateTime + duration * 1000) {
      return start + Math.max(0, (at - programDateTime) / 1000)
    }
  }
  return null
}
