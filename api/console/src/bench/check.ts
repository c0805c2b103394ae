import { post, put } from '../http/client'
import { t } from '../i18n'
import { fromBeijing } from '../time/format'

export const KINDS = ['street-effect', 'conduct', 'interior', 'recording', 'special'] as const
export type CheckKind = (typeof KINDS)[number]
export const METHODS = ['screen', 'on-site'] as const
export type CheckMethod = (typeof METHODS)[number]
export const STATES = ['assigned', 'in-progress', 'done', 'cancelled'] as const
export type CheckState = (typeof STATES)[number]
export type CheckAction = 'start' | 'score' | 'collect' | 'finish' | 'reassign' | 'cancel'

export interface ListItem {
  group: string
  text: string
  /** Full marks, in steps of 0.5. */
  points: number
  basis?: string | null
}

export interface Checklist {
  id: string
  kind: CheckKind
  name: string
  sample: boolean
  retired: boolean
  items: ListItem[]
  points: number
  version: number
}

export interface CheckItem extends ListItem {
  position: number
  given?: number | null
  notApplicable: boolean
  note?: string | null
  scoredBy?: string | null
  version: number
}

export interface Kept {
  /** SHA-256 of its content. */
  id: string
  mediaType: string
  bytes: number
  what: 'picture' | 'photograph'
  /** The moment that it shows. */
  at: string
  streamId?: string | null
  streamName?: string | null
  note?: string | null
  addedBy: string
  addedAt: string
}

/** An inspection task as the service gives it; the last four only when it is asked for by its id. */
export interface Check {
  id: string
  kind: CheckKind
  method: CheckMethod
  level: 'bureau' | 'squad'
  checklistId: string
  checklistName: string
  sample: boolean
  squadId: string
  squadName: string
  officerId?: string | null
  officerName?: string | null
  deviceId?: string | null
  deviceName?: string | null
  streamId?: string | null
  streamName?: string | null
  postId?: string | null
  postName?: string | null
  /** Of the time that is looked at. */
  start: string
  end: string
  drawId?: string | null
  drawName?: string | null
  drawPlace?: number | null
  madeBy: string
  dueAt: string
  overdue: boolean
  state: CheckState
  outcome?: 'fine' | 'lead' | null
  /** Percent. */
  score?: number | null
  finishedAt?: string | null
  finishedBy?: string | null
  leadId?: string | null
  persons: { id: string; name: string }[]
  mine: boolean
  version: number
  actions?: CheckAction[]
  items?: CheckItem[]
  evidence?: Kept[]
  history?: { at: string; by: string; action: string; reason?: string; note?: string; toState: CheckState }[]
}

/** A duty within the time of a task, with what its officer had in hand. */
export interface Turn {
  id: string
  officerId?: string | null
  officerName?: string | null
  postId: string
  postName: string
  border: GeoJSON.Polygon | GeoJSON.MultiPolygon
  start: string
  end: string
  devices: { id: string; name: string; start: string; end: string }[]
}

export interface Seen {
  id: string
  name: string
  deviceId?: string | null
  why: 'subject' | 'custody' | 'near' | 'squad'
}

export interface BenchView {
  duties: Turn[]
  streams: Seen[]
}

/** Who or what is checked, in few words. */
export function subjectOf(check: Check): string {
  return check.officerName ?? check.deviceName ?? check.streamName ?? check.postName ?? t('check.wholeSquad')
}

export function checkPath(id: string, tail = ''): string {
  return `/inspection-tasks/${encodeURIComponent(id)}${tail}`
}

/** The purpose that names a task; it opens the squad to those who were sent. */
export function taskPurpose(id: string): string {
  return `inspection-task/${id}`
}

/** Percent as a score is read: no more digits than it has. */
export function scoreText(score: number | null | undefined): string {
  return score === null || score === undefined ? '–' : String(score)
}

export function stateTone(check: Pick<Check, 'state' | 'overdue'>): string {
  if (check.overdue) {
    return 'critical'
  }
  return check.state === 'in-progress' ? 'accent' : check.state === 'done' ? 'good' : ''
}

/** What was given of what could be, as the items stand, percent; null when none applies. */
export function percentOf(items: readonly CheckItem[]): number | null {
  const applied = items.filter((item) => item.given !== null && item.given !== undefined)
  const possible = applied.reduce((sum, { points }) => sum + points, 0)
  const given = applied.reduce((sum, item) => sum + (item.given ?? 0), 0)
  return possible === 0 ? null : Math.round((given / possible) * 10_000) / 100
}

export const isScored = (item: CheckItem) => item.notApplicable || (item.given ?? null) !== null

/** What was typed as points of an item; null when it cannot be given. */
export function typedPoints(text: string, most: number): number | null {
  const points = Number(text)
  return text !== '' && points >= 0 && points <= most && Number.isInteger(points * 2) ? points : null
}

export function giveScore(
  check: Check,
  item: CheckItem,
  score: { points?: number | null; notApplicable?: boolean; note?: string | null },
): Promise<Check> {
  return put<Check>(checkPath(check.id, `/items/${item.position}`), { version: item.version, ...score })
}

export function actOn(check: Check, action: Exclude<CheckAction, 'score' | 'collect'>, more: object = {}): Promise<Check> {
  return post<Check>(checkPath(check.id, `/${action}`), { version: check.version, ...more })
}

/** A wall-clock range as the service takes it. */
export function rangeOf([start, end]: readonly [string, string]): { start: string; end: string } {
  return { start: fromBeijing(start), end: fromBeijing(end) }
}
