import { day } from '../time/format'
import type { Job } from '../ui/job'

export interface SquadFigures {
  squadId: string | null
  squadName: string | null
  requiredSeconds: number
  recordedSeconds: number
  ratio: number | null
  activities: number
  stages: {
    required: number
    recorded: number
    unmatched: number
    missing: number
    requiredSeconds: number
    recordedSeconds: number
    noDeviceSeconds: number
  }
}

export interface GapFigures {
  cause: string
  gaps: number
  seconds: number
  accepted: number
  explained: number
  asked: number
  passedOn: number
  open: number
}

export interface ReportFigures {
  total: SquadFigures
  squads: SquadFigures[]
  gaps: GapFigures[]
  verification: {
    at: string
    days: number
    closed: number
    rootFault?: string | null
    keys: string[]
    segments: number
    intact?: number | null
    faults: { streamId: string; kind: string; segment?: number | null }[]
  }
  samples: {
    drawId: string
    name: string
    items: number
    /** Of the items, by an inspection task that is done. */
    checked: number
    drawn: { streamId: string; day: string; name: string; outcome?: 'fine' | 'lead'; score?: number }[]
  }[]
  views: {
    total: number
    byPurpose: { purpose: string; kind: string; views: number }[]
    byViewer: { username: string; name: string; roles: string[]; unit: string[]; views: number }[]
  }
}

export interface RecordReport {
  id: string
  from: string
  to: string
  /** Null for the whole district. */
  squadIds: string[] | null
  squadNames: string[]
  madeBy: string
  madeAt: string
  ratio: number | null
  figures?: ReportFigures
}

/** The making of one. */
export type ReportJob = Job<{ reportId: string }>

export type Preset = 'week' | 'month' | 'quarter'

const DAY = 86_400_000

/** First and last day in Beijing of the last whole week (Monday to Sunday), month or quarter. */
export function lastWhole(preset: Preset, now: number): [string, string] {
  const [year, month] = day(now).split('-').map(Number) as [number, number, number]
  if (preset === 'week') {
    const weekday = (new Date(`${day(now)}T00:00:00Z`).getUTCDay() + 6) % 7
    return [day(now - (weekday + 7) * DAY), day(now - (weekday + 1) * DAY)]
  }
  const months = preset === 'month' ? 1 : 3
  const end = Date.UTC(year, Math.floor((month - 1) / months) * months, 1)
  const begin = new Date(end)
  begin.setUTCMonth(begin.getUTCMonth() - months)
  return [begin.toISOString().slice(0, 10), new Date(end - DAY).toISOString().slice(0, 10)]
}

/** Minutes with one decimal, as on paper. */
export function minutes(seconds: number): string {
  return (seconds / 60).toFixed(1)
}
