import { get, post, socketAddress, type Page } from '../http/client'
import type { Job } from '../ui/job'
import type { Stretch } from './coverage'
import { isCalled, streamPath, type Stream } from './stream'

/** A recording on a stream's device. */
export interface DeviceRecording {
  start: string
  end: string
  bytes?: number | null
  type?: string | null
  /** How much of that time is recorded here. */
  recorded: 'all' | 'part' | 'none'
}

/** Fetching what a device recorded; counts seconds of recording. */
export type FetchJob = Job<{ streamId: string; seconds: number; late: boolean }>

/** Whether a stream's device can be asked for what it recorded. */
export function recordsItself(stream: Pick<Stream, 'sourceUrl'>): boolean {
  return isCalled(stream)
}

const range = (from: number, to: number) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })

export async function readDeviceRecordings(
  streamId: string,
  from: number,
  to: number,
  purpose: string,
  signal: AbortSignal,
): Promise<DeviceRecording[]> {
  const query = { ...range(from, to), limit: 10_000 }
  return (await get<Page<DeviceRecording>>(streamPath(streamId, '/device-recordings'), { query, purpose, signal })).items
}

/** The newest fetch of each stream that was begun in this window, by its job: a job says whose it is when it is over. */
const begun = new Map<string, string>()

export async function fetchRecording(streamId: string, from: number, to: number, purpose: string): Promise<FetchJob> {
  const job = await post<FetchJob>(streamPath(streamId, '/device-recordings/fetch'), { ...range(from, to), purpose }, { purpose })
  begun.set(streamId, job.id)
  return job
}

/** Whether a fetch that goes on is of this stream, as far as this window knows. */
export function isFetchOf(streamId: string, job: Pick<FetchJob, 'id'>): boolean {
  return begun.get(streamId) === job.id
}

/** Where what the device recorded is played. */
export function playUrl(streamId: string, from: number, to: number, purpose: string): string {
  return socketAddress(streamPath(streamId, '/device-recordings/play'), { ...range(from, to), purpose })
}

export function stretchesOf(recordings: readonly DeviceRecording[]): Stretch[] {
  return recordings.map(({ start, end }) => ({ from: start, to: end }))
}

/** What holds an instant, otherwise what comes next; undefined when nothing does. */
export function recordingAt(recordings: readonly DeviceRecording[], at: number): DeviceRecording | undefined {
  return recordings.find(({ end }) => Date.parse(end) > at)
}

/** From 0 to 100; null while nobody knows how much there is. */
export function percentOf({ done, total }: Pick<FetchJob, 'done' | 'total'>): number | null {
  return total ? Math.min(100, Math.round((100 * done) / total)) : null
}
