import { day, full, startOfDay } from '../time/format'

export const KINDS = ['officers-on-duty', 'vehicles', 'cameras', 'recordings', 'squads'] as const
export type DrawKind = (typeof KINDS)[number]
export const STATES = ['planned', 'frozen', 'drawn', 'cancelled'] as const
export type DrawState = (typeof STATES)[number]
export type DrawAction = 'freeze' | 'draw' | 'cancel'

export interface DrawItem {
  id: string
  name: string
  squadId: string | null
  squadName: string | null
}

export interface Inspector {
  username: string
  name: string
  /** Own squads, to none of which he is sent. */
  squads: string[]
}

export interface Team {
  squadId?: string
  squadName?: string
  inspectors: { username: string; name: string }[]
}

/** A draw as the service gives it; the last three only when it is asked for by its id. */
export interface Draw {
  id: string
  name: string
  kind: DrawKind
  from: string
  to: string
  poolFrom?: string
  poolTo?: string
  items: number
  /** How many look at each squad that is drawn. */
  inspectors: number
  exclusions: { item: string; reason: string }[]
  replaces?: string
  replaceReason?: string
  replacedBy?: string
  state: DrawState
  plannedAt: string
  plannedBy: string
  commitment?: string
  version: number
  actions: DrawAction[]
  events?: { at: string; by: string; action: string; reason?: string; toState: DrawState }[]
  frozen?: {
    algorithm: string
    at: string
    by: string
    pool: DrawItem[]
    excluded: (DrawItem & { reason: string })[]
    inspectors: Inspector[]
    covered: string[]
    before: string[]
    text: string
    signature: string
    signedBy: string
  }
  result?: { seed: string; at: string; by: string; items: DrawItem[]; teams: Team[]; signature: string }
}

/** What a plan would draw from, as things are now. */
export interface Preview {
  items: DrawItem[]
  inspectors: Inspector[]
  covered: string[]
  before: string[]
}

/** What is drawn from and by whom, as frozen or as it would be. */
export type Listed = Pick<NonNullable<Draw['frozen']>, 'pool' | 'excluded' | 'inspectors' | 'covered' | 'before'>

const DAY = 86_400_000

/** Kinds whose pool depends on a span of time. */
export function ofTime(kind: DrawKind): boolean {
  return kind === 'officers-on-duty' || kind === 'recordings'
}

/** A period in whole days where it is one, such as `2026-11-01 – 2026-11-30`. */
export function periodText(from: string, to: string): string {
  return startOfDay(day(from)) === Date.parse(from) && startOfDay(day(to)) === Date.parse(to)
    ? `${day(from)} – ${day(Date.parse(to) - DAY)}`
    : `${full(from)} – ${full(to)}`
}

/** The first and last day of the month of an instant, in Beijing. */
export function monthOf(at: number): [string, string] {
  const first = `${day(at).slice(0, 8)}01`
  const next = new Date(startOfDay(first) + 32 * DAY)
  return [first, day(startOfDay(`${day(next.getTime()).slice(0, 8)}01`) - DAY)]
}

/** From the first moment of a day to the end of another, as the service takes it. */
export function spanOf(first: string, last: string): { from: string; to: string } {
  return { from: new Date(startOfDay(first)).toISOString(), to: new Date(startOfDay(last) + DAY).toISOString() }
}

/** Things by squad, each squad once and in the order in which it first appears; what has none under the empty id. */
export function bySquad<T extends DrawItem>(items: readonly T[]): { squadId: string; squadName: string; items: T[] }[] {
  const groups = new Map<string, { squadId: string; squadName: string; items: T[] }>()
  for (const item of items) {
    const id = item.squadId ?? ''
    const group = groups.get(id) ?? { squadId: id, squadName: item.squadName ?? '', items: [] }
    group.items.push(item)
    groups.set(id, group)
  }
  return [...groups.values()]
}

/** What would be frozen now. */
export function listed({ items, ...rest }: Preview, exclusions: Draw['exclusions']): Listed {
  const reasons = new Map(exclusions.map(({ item, reason }) => [item, reason]))
  return {
    ...rest,
    pool: items.filter(({ id }) => !reasons.has(id)),
    excluded: items.flatMap((item) => {
      const reason = reasons.get(item.id)
      return reason === undefined ? [] : [{ ...item, reason }]
    }),
  }
}

/** The command that repeats a draw from its record. */
export function command(draw: Draw): string {
  return [
    `./run verify farwatch-draw-${draw.id}.json`,
    `--commitment ${draw.commitment ?? ''}`,
    `--key ${draw.frozen?.signedBy ?? ''}`,
  ].join(' ')
}
