/** What the positions of an officer prove about a duty; the order is that of the vocabulary. */
export const PRESENCES = [
  'on-post',
  'on-task',
  'break',
  'travelling',
  'off-post',
  'late',
  'left-early',
  'absent',
  'unknown',
  'doubtful',
] as const

export type Presence = (typeof PRESENCES)[number]

/** The meaning of a state, which chooses its colour and its shape. */
export type Tone = 'good' | 'warning' | 'critical' | 'unknown' | 'neutral'

const TONES: Record<Presence, Tone> = {
  'on-post': 'good',
  'on-task': 'neutral',
  break: 'neutral',
  travelling: 'neutral',
  'off-post': 'critical',
  late: 'warning',
  'left-early': 'warning',
  absent: 'critical',
  unknown: 'unknown',
  doubtful: 'warning',
}

export function presenceTone(presence: string): Tone {
  return TONES[presence as Presence] ?? 'unknown'
}
