/** An officer and his duties; times ISO-8601 UTC. */
export interface OwnPage {
  officerId: string
  name: string
  number: string
  squadId: string
  squadName: string
  duties: { id: string; postName: string; start: string; end: string }[]
}

/** What is held about him. */
export interface Held {
  days: { day: string; positions: number; sealed: number; recordedMinutes: number }[]
  sealedHours: number
  /** After so many days positions are deleted, and the figures of a day. */
  positionDays: number
  figureDays: number
  alerts: { id: string; kind: string; title: string; state: string; raisedAt: string }[]
  rollCalls: {
    id: string
    calledAt: string
    postName: string
    state: string
    outcome: string
    basis?: string
    reason?: string
    note?: string
  }[]
}

/** A look at his data: who, as what, for what. */
export interface View {
  id: string
  at: string
  user: string
  name?: string
  roles: string[]
  unit?: string
  purpose: string
  kind: string
  from: string | null
  to: string | null
}

export const CORRECTION_KINDS = ['roster', 'presence', 'custody', 'finding', 'other'] as const

export interface Correction {
  id: string
  officerName: string
  squadName: string
  kind: string
  request: string
  state: 'asked' | 'answered'
  askedAt: string
  corrected?: boolean
  answer?: string
  answeredBy?: string
  answeredAt?: string
  version: number
  actions: 'answer'[]
}

/** The duty that is on at an instant and the one after it; null for none. */
export function dutiesAt<T extends { start: string; end: string }>(duties: readonly T[], at: number): { on: T | null; next: T | null } {
  const on = duties.find(({ start, end }) => Date.parse(start) <= at && at < Date.parse(end)) ?? null
  const next = duties.find(({ start }) => Date.parse(start) > at) ?? null
  return { on, next }
}
