import type { Tone } from '../duty/presence'
import type { Box, Evidence } from './evidence'

export const KINDS = [
  'lead',
  'off-post',
  'device-silent',
  'sos',
  'device-alarm',
  'recording-gap',
  'camera-health',
  'overdue',
] as const

export const STATES = ['new', 'confirmed', 'dismissed', 'closed'] as const
export type AlertState = (typeof STATES)[number]

export type Severity = 'info' | 'warning' | 'critical'

const REASONS = ['on-duty-elsewhere', 'position-drift', 'device-fault', 'roster-wrong', 'other'] as const
/** Of what a picture shows. */
const LEAD_REASONS = ['mistaken', 'permitted', 'settled', 'unclear-picture', 'other'] as const
/** Of what a device reports. */
const ALARM_REASONS = ['pressed-by-mistake', 'device-fault', 'other'] as const
export type Reason = (typeof REASONS | typeof LEAD_REASONS | typeof ALARM_REASONS)[number]

/** Reasons for dismissing, in the order of their number keys. `other` needs a note. */
export function reasonsFor(kind: string): readonly Reason[] {
  switch (kind) {
    case 'lead':
      return LEAD_REASONS
    case 'sos':
    case 'device-alarm':
      return ALARM_REASONS
    default:
      return REASONS
  }
}

/** Anything that somebody must act on. The service leaves out what there is not. */
export interface Alert {
  id: string
  kind: string
  code: string
  state: AlertState
  severity: Severity
  /** ISO-8601 UTC. */
  raisedAt: string
  deviceId: string | null
  officerId: string | null
  officerName: string | null
  unitId: string | null
  unitName: string | null
  dutyId: string | null
  postId?: string | null
  streamId?: string | null
  streamName?: string | null
  zoneId?: string | null
  evidence?: Evidence | null
  /** Where in the picture it is. */
  box?: Box | null
  title: string
  /** WGS-84 degrees. */
  location: { longitude: number; latitude: number } | null
  /** True while its zone is in trial; such leads are not for the feed. */
  trial: boolean
  version: number
  /** What happened since that makes the alert moot, such as a return to the post. */
  overtaken: { at: string; text: string } | null
  /** What the sentence on screen is made of. */
  detail: { code: string; args: Record<string, unknown> } | null
  /** When somebody must have acted, where a clock runs. */
  dueAt?: string | null
}

export interface AlertEvent {
  at: string
  by: string | null
  action: string
  reason: string | null
  note: string | null
}

export interface AlertDetail extends Alert {
  history: AlertEvent[]
}

export function severityTone(severity: Severity): Tone {
  switch (severity) {
    case 'critical':
      return 'critical'
    case 'warning':
      return 'warning'
    case 'info':
      return 'neutral'
  }
}
