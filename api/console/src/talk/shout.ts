import { socketAddress, type Page } from '../http/client'
import type { Tone } from '../duty/presence'
import { t, word } from '../i18n'
import { serviceWords } from '../i18n/service'
import { isCalled, streamPath, type Stream } from '../video/stream'

/** What became of a call of a loudspeaker. */
export type Outcome =
  | 'done'
  | 'cancelled'
  | 'in-use'
  | 'refused'
  | 'no-answer'
  | 'taken-over'
  | 'too-long'
  | 'hung-up'
  | 'silent'
  | 'access-ended'
  | 'stopped'

/** One call of a loudspeaker, as the service logs it. */
export interface Shout {
  id: string
  /** The same for those that were called together. */
  batch: string
  streamId: string
  streamName: string
  user: string
  name: string
  kind: 'talk' | 'live' | 'announcement'
  announcement?: string | null
  times?: number | null
  purpose: string
  alertId?: string | null
  at: string
  state: 'calling' | 'open' | 'ended' | 'unknown'
  outcome?: Outcome | null
  reason?: string | null
  openedAt?: string | null
  seconds: number
  lost: number
}

export interface Shouts extends Page<Shout> {
  /** On all pages. */
  count: number
  /** Those of them of which the device took sound. */
  heard: number
}

/** A recording that can be said by loudspeakers. */
export interface Announcement {
  id: string
  name: string
  seconds: number
  madeBy: string
  madeAt: string
  version: number
}

/** Files that the service makes announcements of. */
export const SOUND_FILES = '.wav,.mp3,.aac,.m4a'
export const MOST_TIMES = 5

/** Whether the device of a stream may be spoken to; whether it has a loudspeaker, only the device knows. */
export function speaks(stream: Stream): boolean {
  return isCalled(stream)
}

/** Where one speaks to the device of a stream. */
export function talkUrl(stream: string, purpose: string, alertId?: string | null): string {
  return socketAddress(streamPath(stream, '/talk'), { purpose, alertId })
}

/** Where one speaks to several at once. */
export function shoutUrl(streams: readonly string[], purpose: string, alertId?: string | null): string {
  return socketAddress('/shouts/live', { streams: streams.join(','), purpose, alertId })
}

/** What became of it, in words, with the reason where there is one. */
export function outcomeText({ state, outcome, reason }: Pick<Shout, 'state' | 'outcome' | 'reason'>): string {
  if (!outcome) {
    return word('shoutState', state)
  }
  const said = reason && outcome !== 'in-use' ? serviceWords(reason) : ''
  return said ? t('shout.because', { outcome: word('shoutOutcome', outcome), why: said }) : word('shoutOutcome', outcome)
}

export function outcomeTone({ state, outcome }: Pick<Shout, 'state' | 'outcome'>): Tone {
  switch (outcome) {
    case 'done':
      return 'good'
    case 'cancelled':
    case 'taken-over':
    case 'too-long':
    case 'stopped':
    case 'access-ended':
      return 'neutral'
    case 'in-use':
    case 'silent':
    case 'hung-up':
      return 'warning'
    case 'refused':
    case 'no-answer':
      return 'critical'
    default:
      return state === 'unknown' ? 'warning' : 'neutral'
  }
}

/** What was said: the name of a recording with how often, or that it was said by microphone. */
export function whatText({ kind, announcement, times }: Pick<Shout, 'kind' | 'announcement' | 'times'>): string {
  if (kind !== 'announcement') {
    return word('shoutKind', kind)
  }
  return (times ?? 1) > 1 ? t('shout.timesOf', { name: announcement ?? '', n: times ?? 1 }) : (announcement ?? '')
}
