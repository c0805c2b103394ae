const HOUR = 3_600_000

/** The time axis that all rows of a day share: whole hours around the duties; a working day when there are none. */
export function axisOf(
  duties: readonly { start: string; end: string }[],
  startOfDay: number,
): { from: number; to: number } {
  if (duties.length === 0) {
    return { from: startOfDay + 7 * HOUR, to: startOfDay + 19 * HOUR }
  }
  // A night shift reaches into the next day; what lies farther away would only squeeze the rest.
  const least = startOfDay - 6 * HOUR
  const most = startOfDay + 30 * HOUR
  const from = Math.max(least, Math.min(...duties.map(({ start }) => Date.parse(start))))
  const to = Math.min(most, Math.max(...duties.map(({ end }) => Date.parse(end))))
  return { from: Math.floor(from / HOUR) * HOUR, to: Math.ceil(to / HOUR) * HOUR }
}
