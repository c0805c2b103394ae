import { severityTone, type Alert } from '../alerts/alert'
import { alertText } from '../alerts/text'
import { get, type Page } from '../http/client'
import type { Mark } from './RecordAxis.vue'

/** So many alerts of a day and a camera are marked. */
const MOST = 1_000

/** The alerts of a stream in a period as marks of its time axis, in order. */
export async function readMarks(streamId: string, from: number, to: number, signal?: AbortSignal): Promise<Mark[]> {
  const query = { streamId, from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: MOST }
  const page = await get<Page<Alert>>('/alerts', { query, signal })
  return page.items
    .filter((alert) => alert.streamId === streamId)
    .map((alert) => {
      const { kind, place, sentence } = alertText(alert)
      const tone = severityTone(alert.severity)
      return { id: alert.id, at: Date.parse(alert.raisedAt), tone, text: [kind, sentence || place].join(' ') }
    })
    .sort((a, b) => a.at - b.at)
}
