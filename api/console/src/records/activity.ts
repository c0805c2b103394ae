import type { Tone } from '../duty/presence'
import { fromBeijing, minuteOfDay, toBeijing } from '../time/format'

export type Outcome = 'pending' | 'recorded' | 'unmatched' | 'missing'
export type MatchAction = 'accept' | 'no-recording' | 'undo'

export const OUTCOMES: readonly Outcome[] = ['recorded', 'unmatched', 'missing', 'pending']

/** A recording that may be a stage's. */
export interface Proposal {
  streamId: string
  streamName: string
  deviceKind: string
  officerName: string
  from: string
  to: string
  /** Of the stage that it would prove. */
  seconds: number
  share: number
}

export interface Stage {
  id: string
  activityId: string
  activityTitle: string
  kind: string
  squadId: string
  squadName: string
  name: string
  from: string
  to: string
  mustRecord: boolean
  basis: string | null
  match: 'open' | 'matched' | 'unrecorded'
  outcome: Outcome
  seconds: number
  recordedSeconds: number
  provenSeconds: number
  noDeviceSeconds: number
  noStreamSeconds: number
  recordings: { streamId: string; streamName: string; from: string; to: string; by: string; at: string }[]
  proposals?: Proposal[]
  actions: MatchAction[]
  version: number
}

export interface Activity {
  id: string
  squadId: string
  squadName: string
  kind: string
  title: string
  place: string | null
  caseNo: string | null
  source: 'manual' | 'csv' | 'api'
  externalId: string | null
  from: string
  to: string
  state: 'active' | 'retired'
  officers: { id: string; name: string; number: string }[]
  stages: Stage[]
  madeBy: string
  madeAt: string
  actions: ('change' | 'retire')[]
  events: { at: string; by: string; action: string; stage: string | null; note: string | null; toState: string }[]
  version: number
}

export interface ActivityKind {
  code: string
  zh: string
  en: string
  preset: boolean
  stages: { zh: string; en: string; recording: 'always' | 'as-required'; basis: string }[]
}

/** A stage as it is typed; times are wall-clock values in Beijing. */
export interface StageDraft {
  id?: string
  name: string
  from: string
  to: string
  mustRecord: boolean
}

/** The stages of a kind, sharing the time of the activity evenly, to the minute. */
export function presetStages(kind: ActivityKind, from: string, to: string): StageDraft[] {
  const begin = from ? Date.parse(fromBeijing(from)) : NaN
  const whole = to ? Date.parse(fromBeijing(to)) - begin : NaN
  const cut = (i: number) => {
    const minutes = Math.round((whole * i) / kind.stages.length / 60_000)
    return Number.isFinite(minutes) ? toBeijing(begin + minutes * 60_000) : ''
  }
  return kind.stages.map(({ zh }, i) => ({ name: zh, from: cut(i), to: cut(i + 1), mustRecord: true }))
}

export function outcomeTone(outcome: Outcome): Tone {
  return outcome === 'recorded' ? 'good' : outcome === 'missing' ? 'critical' : outcome === 'unmatched' ? 'warning' : 'unknown'
}

/** Why most of what is missing is, as far as it is no camera's. */
export function stageCause({ noDeviceSeconds, noStreamSeconds }: Stage): 'no-device' | 'no-stream' | null {
  if (noDeviceSeconds <= 0 && noStreamSeconds <= 0) {
    return null
  }
  return noDeviceSeconds >= noStreamSeconds ? 'no-device' : 'no-stream'
}

/** `09:00–09:20`. */
export function clockSpan({ from, to }: { from: string; to: string }): string {
  return `${minuteOfDay(from)}–${minuteOfDay(to)}`
}

/** What the matching page goes through: each proposal of each stage, and a line for a stage without any. */
export interface MatchLine {
  key: string
  stage: Stage
  proposal: Proposal | null
  first: boolean
}

export function matchLines(stages: readonly Stage[]): MatchLine[] {
  return stages.flatMap((stage) =>
    (stage.proposals?.length ? stage.proposals : [null]).map((proposal, i) => ({
      key: `${stage.id}-${proposal?.streamId ?? ''}`,
      stage,
      proposal,
      first: i === 0,
    })),
  )
}
