export type TargetKind = 'webhook' | 'mail'

/** Where day roots are sent to. */
export interface Target {
  id: string
  kind: TargetKind
  /** URL or mail address. */
  address: string
  active: boolean
  /** Roots made before are not sent, ISO-8601 UTC. */
  since: string
  version: number
}

/** What became of the sending of one day's root to one target. */
export interface Sending {
  day: string
  targetId: string
  kind: TargetKind
  address: string
  state: 'waiting' | 'sent' | 'failed'
  tries: number
  due?: string | null
  sentAt?: string | null
  failure?: string | null
}

/** What came of a test. */
export interface Trial {
  arrived: boolean
  reason?: string | null
  at: string
}

/** The newest day's sending to a target; null before the first. */
export function lastOf(sendings: readonly Sending[], targetId: string): Sending | null {
  return sendings
    .filter((sending) => sending.targetId === targetId)
    .reduce<Sending | null>((newest, each) => (newest && newest.day >= each.day ? newest : each), null)
}
