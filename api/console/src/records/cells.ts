import { get, type Page } from '../http/client'
import type { Tone } from '../duty/presence'
import { day } from '../time/format'

/** What one squad or stream had to record in one day or hour of the bureau's clock, and what it did. */
export interface Cell {
  /** Absent: the cell is of a squad. */
  streamId?: string
  streamName?: string
  /** Absent: of the streams that belong to no squad. */
  squadId?: string
  squadName?: string
  /** ISO-8601 UTC, `[from, to)`. */
  from: string
  to: string
  requiredSeconds: number
  recordedSeconds: number
  ratio: number | null
  /** Missing, and the squad's explanation was accepted. */
  explainedSeconds: number
}

export type Step = 'day' | 'hour'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface Row {
  /** Of the squad or stream; empty for the streams of no squad. */
  id: string
  name: string
  /** One for each column; null where nothing had to be recorded. */
  cells: (Cell | null)[]
  requiredSeconds: number
  recordedSeconds: number
}

export async function readCells(
  by: 'squad' | 'stream',
  step: Step,
  from: number,
  to: number,
  squadId: string,
  signal: AbortSignal,
): Promise<Cell[]> {
  const query = {
    by,
    step,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    squadId: squadId || undefined,
  }
  return (await get<Page<Cell>>('/coverage/cells', { query, signal })).items
}

/** The beginnings of the columns from one moment to another. */
export function columns(from: number, to: number, step: Step): number[] {
  const length = step === 'day' ? DAY : HOUR
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / length)) }, (_, i) => from + i * length)
}

/** One row for each squad or stream, the lowest coverage first: what wants looking at is on top. */
export function rows(cells: readonly Cell[], starts: readonly number[], none: string): Row[] {
  const made = new Map<string, Row>()
  for (const cell of cells) {
    const id = cell.streamId ?? cell.squadId ?? ''
    let row = made.get(id)
    if (!row) {
      row = {
        id,
        name: cell.streamName ?? cell.squadName ?? none,
        cells: starts.map(() => null),
        requiredSeconds: 0,
        recordedSeconds: 0,
      }
      made.set(id, row)
    }
    const at = starts.findLastIndex((start) => start <= Date.parse(cell.from))
    if (at >= 0) {
      row.cells[at] = cell
    }
    row.requiredSeconds += cell.requiredSeconds
    row.recordedSeconds += cell.recordedSeconds
  }
  const ratio = ({ requiredSeconds, recordedSeconds }: Row) => recordedSeconds / requiredSeconds
  return [...made.values()].sort((a, b) => ratio(a) - ratio(b) || a.name.localeCompare(b.name, 'zh'))
}

/** By the thresholds that the figures beside a recording use. */
export function tone({ ratio }: Cell): Tone {
  return ratio === null ? 'unknown' : ratio >= 1 ? 'good' : ratio >= 0.95 ? 'warning' : 'critical'
}

/** Something is missing that nobody has explained to the reviewer's satisfaction. */
export function unexplained({ requiredSeconds, recordedSeconds, explainedSeconds }: Cell): boolean {
  return requiredSeconds - recordedSeconds - explainedSeconds > 0.001
}

/** The first and last of the latest days, today among them, as dates in Beijing. */
export function latest(now: number, days: number): [string, string] {
  return [day(now - (days - 1) * DAY), day(now)]
}
