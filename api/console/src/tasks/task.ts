import type { Alert } from '../alerts/alert'
import type { Tone } from '../duty/presence'
import { get, post } from '../http/client'

/** What a squad is asked to settle: the street, or a device. */
export const LANES = ['task', 'ticket'] as const
export type Lane = (typeof LANES)[number]

export const STATES = ['open', 'signed', 'handled', 'returned', 'closed'] as const
export type TaskState = (typeof STATES)[number]

/** In the order of their buttons; the first one that somebody may take is his primary one. */
export const ACTIONS = ['sign', 'handle', 'check-passed', 'check-failed', 'reassign', 'close', 'return'] as const
export type TaskAction = (typeof ACTIONS)[number]

const REASONS: Partial<Record<TaskAction, readonly string[]>> = {
  return: ['not-our-area', 'not-our-work', 'needs-others', 'mistaken', 'settled', 'duplicate', 'other'],
  close: ['mistaken', 'settled', 'duplicate', 'passed-on', 'other'],
  'check-failed': ['still-there', 'partly-done', 'not-verifiable', 'other'],
}

/** Why an action is taken; none where nobody asks. `other` needs a note. */
export function reasonsOf(action: TaskAction): readonly string[] {
  return REASONS[action] ?? []
}

export interface Task {
  id: string
  lane: Lane
  state: TaskState
  title: string
  alertId: string
  /** What it came from, with its pictures. */
  alert: Alert
  squadId: string
  squadName: string
  /** Who has it in hand; absent: the leaders of the squad. */
  assignee?: { id: string; name: string } | null
  note?: string | null
  /** ISO-8601 UTC, as the others. */
  openedAt: string
  openedBy: string
  since: string
  signDue: string
  handleDue: string
  /** The clock that runs now. */
  dueAt?: string | null
  overdue?: 'sign' | 'handle' | null
  /** What the caller may do with it now. */
  actions: TaskAction[]
  version: number
  history?: TaskEvent[]
}

export interface TaskEvent {
  at: string
  by: string
  action: string
  reason?: string | null
  note?: string | null
  squadName: string
  toState: string
  evidence: string[]
}

/** What somebody says with an action; each action takes what it needs. */
export interface Said {
  note?: string | undefined
  reason?: string | undefined
  squadId?: string | undefined
  assigneeId?: string | undefined
}

export function lanePath(lane: Lane): string {
  return `/${lane}s`
}

export function readTask(lane: Lane, id: string): Promise<Task> {
  return get<Task>(`${lanePath(lane)}/${encodeURIComponent(id)}`)
}

export function act(task: Task, action: TaskAction, said: Said): Promise<Task> {
  return post<Task>(`${lanePath(task.lane)}/${encodeURIComponent(task.id)}/${action}`, {
    version: task.version,
    ...said,
  })
}

export function stateTone(state: TaskState): Tone {
  switch (state) {
    case 'open':
    case 'returned':
      return 'warning'
    case 'signed':
    case 'handled':
      return 'neutral'
    case 'closed':
      return 'good'
  }
}

/**
 * A list as it is now, from a fresh reading of its beginning: what the reading covers is as it says, what lies beyond
 * stays.
 *
 * @param more whether the list goes on after the reading
 */
export function merged(held: readonly Task[], fresh: readonly Task[], more: boolean): Task[] {
  const last = fresh.at(-1)
  if (!more || !last) {
    return [...fresh]
  }
  const at = Date.parse(last.openedAt)
  const known = new Set(fresh.map(({ id }) => id))
  return [...fresh, ...held.filter((task) => !known.has(task.id) && Date.parse(task.openedAt) <= at)]
}

/** By the clock that runs; those without one last, oldest first. */
export function byClock(a: Task, b: Task): number {
  const [left, right] = [a, b].map(({ dueAt }) => (dueAt ? Date.parse(dueAt) : Infinity))
  return left === right ? Date.parse(a.openedAt) - Date.parse(b.openedAt) : left! < right! ? -1 : 1
}
