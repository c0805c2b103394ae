import { t, word } from '../i18n'
import { minuteOfDay } from '../time/format'

export const CALL_STATES = ['open', 'deciding', 'closed', 'cancelled'] as const
export type CallState = (typeof CALL_STATES)[number]

/** In the order in which they are of interest: what somebody must decide first. */
export const OUTCOMES = ['pending', 'absent', 'late', 'excused', 'present'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type AnswerAction = 'seen' | 'seen-late' | 'excuse' | 'mark-absent' | 'pass-on'
export type CallAction = 'decide' | 'pass-on' | 'close' | 'cancel'

export const EXCUSES = ['on-task', 'break-permitted', 'travelling', 'device-fault', 'roster-wrong', 'other'] as const

/** One officer who was called; metres are from the border of his post, negative inside. */
export interface Answer {
  officerId: string
  officerName: string
  squadName: string
  postName: string
  dutyEnd: string
  deviceId?: string
  presence?: string
  outcome: Outcome
  basis?: 'position' | 'picture' | 'person'
  answeredAt?: string
  metres?: number
  facts: { lastFix?: string; metres?: number; lastDevice?: string; online: boolean; lastSeen?: string }
  /** An excuse that what was known at the call suggests. */
  proposed?: string
  streamId?: string
  reason?: string
  note?: string
  picture?: string
  decidedBy?: string
  leadId?: string
  version: number
  actions: AnswerAction[]
}

export interface RollCall {
  id: string
  purpose: string
  squads: string[]
  /** How many were picked at random; absent when all were called. */
  number?: number
  state: CallState
  calledBy: string
  calledAt: string
  answerUntil: string
  lateUntil: string
  called: number
  counts: Record<Outcome, number>
  version: number
  actions: CallAction[]
  answers: Answer[]
  events: { at: string; by: string; officerId?: string; action: string; reason?: string; note?: string; toState: string }[]
}

/** How many could be called at a post now. */
export interface Pool {
  squadId: string
  squadName: string
  postId: string
  postName: string
  officers: number
}

export function callPath(id: string, tail = ''): string {
  return `/roll-calls/${encodeURIComponent(id)}${tail}`
}

export function outcomeTone(outcome: Outcome): 'good' | 'warning' | 'critical' | 'muted' | 'accent' {
  switch (outcome) {
    case 'present':
      return 'good'
    case 'late':
      return 'warning'
    case 'absent':
      return 'critical'
    case 'excused':
      return 'muted'
    case 'pending':
      return 'accent'
  }
}

/** Pending once the terms are over is another word. */
export function outcomeText(outcome: Outcome, state: CallState): string {
  return outcome === 'pending' && state !== 'open' ? t('rollCall.unanswered') : word('rollOutcome', outcome)
}

/** Whoever needs somebody comes first, then by squad and name. */
export function byNeed(a: Answer, b: Answer): number {
  return (
    OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) ||
    a.squadName.localeCompare(b.squadName, 'zh-CN') ||
    a.officerName.localeCompare(b.officerName, 'zh-CN')
  )
}

/** What it would be to see somebody on the picture now; undefined when a picture answers nothing. */
export function seeing(answer: Answer): 'seen' | 'seen-late' | undefined {
  return answer.actions.find((action) => action === 'seen' || action === 'seen-late')
}

/** Where somebody is, from the border of his post. */
export function distanceText(metres: number | undefined): string {
  if (metres === undefined) {
    return '–'
  }
  return metres <= 0 ? t('rollCall.inside') : t('rollCall.outside', { n: Math.round(metres) })
}

/** What is known of somebody who has not answered: facts, not a judgement. */
export function causeText(answer: Answer, calledAt: string): string {
  const { lastFix, metres, online, lastSeen } = answer.facts
  const known: string[] = []
  if (answer.presence && ['on-task', 'break', 'travelling'].includes(answer.presence)) {
    known.push(t('rollCall.atCall', { state: word('presence', answer.presence) }))
  }
  if (answer.proposed === 'on-task') {
    known.push(t('rollCall.hasTask'))
  }
  if (!answer.deviceId) {
    known.push(t('rollCall.noDevice'))
  } else if (!online) {
    known.push(
      lastSeen ? t('rollCall.offlineSince', { at: minuteOfDay(lastSeen) }) : t('rollCall.neverOnline'),
    )
  }
  if (!lastFix) {
    known.push(t('rollCall.noPosition'))
  } else if (Date.parse(lastFix) < Date.parse(calledAt)) {
    known.push(t('rollCall.silentSince', { at: minuteOfDay(lastFix), where: distanceText(metres) }))
  } else {
    known.push(t('rollCall.lastAt', { at: minuteOfDay(lastFix), where: distanceText(metres) }))
  }
  return known.join(t('list.comma'))
}
