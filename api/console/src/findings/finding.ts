import { getFile } from '../http/client'

/** A file of evidence of a lead and of the finding that it became. */
export interface CaseFile {
  id: string
  name: string
  mediaType: string
  bytes: number
  addedBy: string
  addedAt: string
}

export interface SupervisionLead {
  id: string
  squadId: string
  squadName: string
  officerId?: string
  officerName?: string
  alertId?: string
  what: string
  state: LeadState
  madeBy: string
  madeAt: string
  findingId?: string
  version: number
  actions?: ('notice' | 'drop')[]
  files?: CaseFile[]
  history?: CaseEvent[]
}

/** One change; a reason is a code of an explanation. */
export interface CaseEvent {
  at: string
  by: string
  action: string
  reason?: string
  note?: string
  proof?: string
  files?: string[]
  toState: string
}

/** The term that runs; `until` is the first moment after it. */
export interface Term {
  of: 'explain' | 'review'
  until: string
  workingDaysLeft: number
  over: boolean
}

export interface Finding {
  id: string
  leadId: string
  squadId: string
  squadName: string
  officerId?: string
  officerName?: string
  class: FindingClass
  fact: string
  rule: string
  state: FindingState
  issuedBy: string
  issuedAt: string
  explainUntil: string
  decidedBy?: string
  decidedAt?: string
  reviewedBy?: string
  reviewRequested: boolean
  clock?: Term
  version: number
  actions?: FindingAction[]
  needed?: ClosingElement[]
  files?: CaseFile[]
  closing?: Partial<Record<ClosingElement, { note?: string; files: string[] }>>
  history?: CaseEvent[]
}

export interface SupervisionDocument {
  id: string
  title: string
  number: string
  findingId: string
  issuedBy: string
  issuedAt: string
  servedTo?: string
  servedAt?: string
  answeredBy?: string
  answeredAt?: string
  version: number
  actions: 'serve'[]
}

export interface Reason {
  code: string
  zh: string
  en: string
}

export const LEAD_STATES = ['new', 'noticed', 'dropped'] as const
export type LeadState = (typeof LEAD_STATES)[number]

export const FINDING_STATES = [
  'noticed',
  'explained',
  'confirmed',
  'in-review',
  'upheld',
  'rectified',
  'rechecked',
  'closed',
  'withdrawn',
  'overturned',
] as const
export type FindingState = (typeof FINDING_STATES)[number]

export const FINDING_CLASSES = ['ordinary', 'serious', 'supervised'] as const
export type FindingClass = (typeof FINDING_CLASSES)[number]

export type FindingAction =
  | 'explain'
  | 'accept'
  | 'confirm'
  | 'request-review'
  | 'uphold'
  | 'overturn'
  | 'rectify'
  | 'recheck-failed'
  | 'recheck-passed'
  | 'close'

export type ClosingElement = 'cause-analysis' | 'group-discussion' | 'work-action' | 'effect' | 'proof' | 'closure-form'

/** Opening a finding at one's desk is the task itself. */
export const OWN_PURPOSE = 'inspection'

/** The way of a finding on screen: what is behind it, where it stands, what lies ahead. */
export interface Step {
  state: FindingState
  stand: 'done' | 'now' | 'ahead'
}

const WAY: readonly FindingState[] = ['noticed', 'explained', 'confirmed', 'rectified', 'rechecked', 'closed']

/** The steps of a finding; an end off the way (withdrawn, overturned) takes the place of what would follow. */
export function stepsOf(state: FindingState): Step[] {
  switch (state) {
    case 'withdrawn':
      return way(['noticed', 'explained', 'withdrawn'], 'withdrawn')
    case 'overturned':
      return way(['noticed', 'explained', 'confirmed', 'in-review', 'overturned'], 'overturned')
    case 'in-review':
      return way(['noticed', 'explained', 'confirmed', 'in-review', 'upheld', 'rectified', 'rechecked', 'closed'], state)
    case 'upheld':
      return way(['noticed', 'explained', 'confirmed', 'upheld', 'rectified', 'rechecked', 'closed'], state)
    case 'noticed':
    case 'explained':
    case 'confirmed':
    case 'rectified':
    case 'rechecked':
    case 'closed':
      return way(WAY, state)
  }
}

function way(states: readonly FindingState[], now: FindingState): Step[] {
  const at = states.indexOf(now)
  return states.map((state, i) => ({ state, stand: i < at ? 'done' : i === at ? 'now' : 'ahead' }))
}

export function stateTone(state: FindingState): 'critical' | 'warning' | 'good' | 'muted' {
  switch (state) {
    case 'noticed':
    case 'explained':
    case 'in-review':
      return 'warning'
    case 'confirmed':
    case 'upheld':
      return 'critical'
    case 'rectified':
    case 'rechecked':
    case 'closed':
      return 'good'
    case 'withdrawn':
    case 'overturned':
      return 'muted'
  }
}

/** Reads a file for a purpose and gives it to the browser to keep. */
export async function save(path: string, name: string, purpose?: string): Promise<void> {
  const url = URL.createObjectURL(await getFile(path, { purpose }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
