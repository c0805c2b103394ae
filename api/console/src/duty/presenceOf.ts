import { get } from '../http/client'

/** A stretch of a duty in one state; `[from, to)`, ISO-8601 UTC. */
export interface Interval {
  from: string
  to: string
  state: string
  cause: string | null
}

/** What the positions prove about a duty. It is somebody's data, so each reading is logged with its purpose. */
export async function readPresence(dutyId: string, purpose: string): Promise<Interval[]> {
  const { intervals } = await get<{ intervals: Interval[] }>(`/duties/${encodeURIComponent(dutyId)}/presence`, {
    purpose,
  })
  return intervals
}

/** The last interval: what is so now. Intervals of one state that touch count as one. */
export function currentInterval(intervals: readonly Interval[]): Interval | null {
  const last = intervals.at(-1)
  if (!last) {
    return null
  }
  let from = last.from
  for (let i = intervals.length - 2; i >= 0; i--) {
    const before = intervals[i]!
    if (before.state !== last.state || before.to !== from) {
      break
    }
    from = before.from
  }
  return { ...last, from }
}
