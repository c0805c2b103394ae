import { get } from '../http/client'
import { streamPath } from './stream'

/** A stretch of time, ISO-8601 UTC, `[from, to)`. */
export interface Stretch {
  from: string
  to: string
}

export interface Gap extends Stretch {
  cause: string | null
}

/** What had to be recorded of a stream in a period, and what was. */
export interface Coverage {
  requiredSeconds: number
  /** Of what was required. */
  recordedSeconds: number
  /** From 0 to 1; null when nothing was required. */
  ratio: number | null
  gaps: Gap[]
  recorded: Stretch[]
  required: Stretch[]
  /** A list has more than the service gives; the figures are of all. */
  truncated?: boolean | null
}

export interface CauseSum {
  cause: string | null
  count: number
  seconds: number
}

/** @param purpose of a task that opens the stream to whoever is sent; others need none */
export function readCoverage(
  streamId: string,
  from: number,
  to: number,
  signal?: AbortSignal,
  purpose?: string,
): Promise<Coverage> {
  const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  return get<Coverage>(streamPath(streamId, '/coverage'), {
    query,
    ...(signal && { signal }),
    ...(purpose && { purpose }),
  })
}

/** The gaps by cause, the longest first; those of no known cause are a sum of their own. */
export function byCause(gaps: readonly Gap[]): CauseSum[] {
  const sums = new Map<string | null, CauseSum>()
  for (const gap of gaps) {
    const cause = gap.cause ?? null
    const sum = sums.get(cause) ?? { cause, count: 0, seconds: 0 }
    sums.set(cause, { cause, count: sum.count + 1, seconds: sum.seconds + secondsOf(gap) })
  }
  return [...sums.values()].sort((a, b) => b.seconds - a.seconds)
}

export function secondsOf({ from, to }: Stretch): number {
  return (Date.parse(to) - Date.parse(from)) / 1000
}

/** A ratio that never says 100 % of something that has a hole, and never more digits than are of use. */
export function percent(ratio: number): string {
  const tenths = Math.floor(ratio * 1000 + 1e-9) / 10
  return `${tenths === 100 ? '100' : tenths.toFixed(1)}%`
}
