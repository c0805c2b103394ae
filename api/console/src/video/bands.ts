import { get, type Page } from '../http/client'
import type { Stage } from '../records/activity'
import type { View } from './axisView'
import { readCoverage, type Coverage, type Gap } from './coverage'
import type { Mark } from './RecordAxis.vue'
import { readMarks } from './streamAlerts'

const DAY = 86_400_000
/** The service looks at no more at once. */
export const LONGEST = 370 * DAY
/** Stages are listed for no more than this. */
const LONGEST_STAGES = 92 * DAY

/** What is known of a stream in a stretch of time: recording, gaps and their causes, alerts, stages of activities. */
export interface Bands {
  range: View
  coverage: Coverage
  marks: Mark[]
  stages: Stage[]
}

/** What somebody may see besides the recording. */
export interface Seeing {
  alerts: boolean
  stages: boolean
}

export async function readBands(
  streamId: string,
  range: View,
  now: number,
  seeing: Seeing,
  purpose: string,
  signal: AbortSignal,
): Promise<Bands> {
  const { from, to } = range
  const [coverage, marks, stages] = await Promise.all([
    readCoverage(streamId, from, Math.max(from + 1, Math.min(to, now)), signal, purpose),
    // Both are an aid; the recording is shown without them too.
    seeing.alerts ? readMarks(streamId, from, to, signal).catch(() => []) : [],
    seeing.stages && to - from <= LONGEST_STAGES ? readStages(streamId, from, to, signal).catch(() => []) : [],
  ])
  return { range, coverage, marks, stages }
}

async function readStages(streamId: string, from: number, to: number, signal: AbortSignal): Promise<Stage[]> {
  const query = { streamId, from: new Date(from).toISOString(), to: new Date(to).toISOString(), all: true }
  return (await get<Page<Stage>>('/activity-stages', { query, signal })).items
}

/** What has to be read for a view, with as much on either side, so that a little panning reads nothing. */
export function rangeFor(view: View, limits: View): View {
  const width = view.to - view.from
  const most = Math.min(3 * width, LONGEST, limits.to - limits.from)
  const from = Math.max(limits.from, Math.min(view.from - (most - width) / 2, limits.to - most))
  return { from: Math.floor(from), to: Math.ceil(Math.min(limits.to, from + most)) }
}

/** Whether what was read shows a view as well as another reading would. */
export function suffices(bands: Bands | undefined, view: View): boolean {
  if (!bands || bands.range.from > view.from || bands.range.to < view.to) {
    return false
  }
  const narrower = (bands.range.to - bands.range.from) / (view.to - view.from)
  return !(bands.coverage.truncated && narrower > 6) && !(narrower > 6 && bands.range.to - bands.range.from > LONGEST_STAGES)
}

/** Why nothing is there at an instant, as far as it had to be recorded; null when it had not, or is. */
export function gapAt(bands: Bands | undefined, at: number): Gap | null {
  return bands?.coverage.gaps.find(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to)) ?? null
}
