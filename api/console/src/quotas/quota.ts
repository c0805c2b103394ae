/** What a quota counts. */
export const COUNTED = ['inspections', 'squads-inspected', 'squads-drawn', 'problems-rectified', 'elsewhere'] as const
export const PERIODS = ['day', 'week', 'month', 'quarter', 'half-year', 'year'] as const

export type Counted = (typeof COUNTED)[number]
export type Period = (typeof PERIODS)[number]
export type Pace = 'met' | 'on-pace' | 'behind' | 'uncounted'

/** What is owed, and how it stands on a day of its period. */
export interface Quota {
  id: string
  name: string
  counted: Counted
  kind: string | null
  per: 'squad' | 'bureau'
  /** A number, or percent of the squads. */
  target: number
  period: Period
  source: string | null
  active: boolean
  changedBy: string | null
  changedAt: string | null
  version: number
  from: string
  to: string
  /** Of the period, from 1. */
  day: number
  days: number
  /** Of a quota of each squad: how many squads have met it. */
  done: number
  due: number
  state: Pace
  squads: { squadId: string; squadName: string; done: number; state: Pace }[]
}

/** Whether it is owed as a share of the squads. */
export function ofSquads(counted: Counted): boolean {
  return counted === 'squads-inspected' || counted === 'squads-drawn'
}

/** Whether it may be limited to inspections of one kind. */
export function hasKind(counted: Counted): boolean {
  return counted === 'inspections' || ofSquads(counted)
}

export function paceTone(state: Pace): string {
  return { met: 'good', 'on-pace': 'accent', behind: 'warning', uncounted: 'muted' }[state]
}

/** What needs somebody first: behind, then running, then met; what nothing here counts comes last. */
export function byNeed(one: Quota, other: Quota): number {
  const order: Pace[] = ['behind', 'on-pace', 'met', 'uncounted']
  return order.indexOf(one.state) - order.indexOf(other.state) || one.to.localeCompare(other.to)
}

/** What is owed as one who looks at a single squad says it: how many of the squad's, not how many squads. */
export function ofOne(quota: Quota): { done: number; due: number; ofSquads: boolean } {
  const [only, ...others] = quota.squads
  return quota.per === 'squad' && only && others.length === 0
    ? { done: only.done, due: quota.target, ofSquads: false }
    : { done: quota.done, due: quota.due, ofSquads: quota.per === 'squad' || ofSquads(quota.counted) }
}

/**
 * Widths of a bar in percent.
 *
 * @returns what is done, and where an even pace over the days that have passed would be
 */
export function bar(quota: Quota): { done: number; pace: number } {
  const { done, due } = ofOne(quota)
  return { done: due === 0 ? 100 : Math.min(100, (done / due) * 100), pace: ((quota.day - 1) / quota.days) * 100 }
}
