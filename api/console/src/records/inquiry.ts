import type { Tone } from '../duty/presence'

export const INQUIRY_STATES = ['asked', 'explained', 'accepted', 'passed-on', 'withdrawn'] as const
export type InquiryState = (typeof INQUIRY_STATES)[number]
export type InquiryAction = 'explain' | 'accept' | 'ask-again' | 'pass-on' | 'withdraw'

/** What a squad may answer; the service has the same list. */
export const GAP_REASONS = [
  'device-fault',
  'battery-empty',
  'storage-full',
  'network-fault',
  'power-cut',
  'weather',
  'emergency',
  'secrecy-or-privacy',
  'maintenance',
  'not-required',
  'forgotten',
  'other',
] as const

/** A squad is asked why something was not recorded. */
export interface Inquiry {
  id: string
  streamId: string
  streamName: string
  squadId: string
  squadName: string
  from: string
  to: string
  cause: string
  question?: string
  state: InquiryState
  reason?: string
  explanation?: string
  answerUntil: string
  askedBy: string
  askedAt: string
  leadId?: string
  /** What the caller may do now. */
  actions: InquiryAction[]
  events: InquiryEvent[]
  version: number
}

export interface InquiryEvent {
  at: string
  by: string
  action: string
  reason?: string
  note?: string
  toState: InquiryState
}

export function inquiryTone(state: InquiryState): Tone {
  switch (state) {
    case 'asked':
      return 'warning'
    case 'explained':
      return 'neutral'
    case 'accepted':
      return 'good'
    case 'passed-on':
      return 'critical'
    case 'withdrawn':
      return 'unknown'
  }
}

/** Which actions cannot do without words of their own. */
export function wantsNote(action: InquiryAction, reason: string): boolean {
  return action === 'explain' ? reason === 'other' : action !== 'accept'
}
