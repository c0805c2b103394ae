import { t } from '../i18n'
import { full } from '../time/format'

/** When a stream has to be recorded: a period, or hours of days of the week, in Beijing time. */
export interface Requirement {
  id: string
  streamId: string
  /** ISO-8601 UTC. */
  from?: string | null
  to?: string | null
  /** 1 is Monday. */
  days?: number[] | null
  /** `HH:mm`. */
  startTime?: string | null
  endTime?: string | null
  /** `camera-hours`, `manual`, and others that come from elsewhere and are not changed here. */
  source: string
  /** Hours of days count from here on; ISO-8601 UTC. */
  validFrom?: string | null
  /** Absent while it holds. */
  validTo?: string | null
  /** When it was entered. */
  made?: string | null
  version: number
}

/** A requirement in words: `周一至周五 07:00–19:00`, or from when to when. */
export function requirementText(requirement: Requirement): string {
  const { from, to, days, startTime, endTime } = requirement
  if (startTime && endTime) {
    return `${daysText(days ?? [])} ${startTime}–${endTime}`
  }
  const short = (at: string | null | undefined) => (at ? full(at).slice(0, 16) : '…')
  return `${short(from)} – ${short(to)}`
}

/** From when or until when hours of days count, where that is not simply now; in words, else empty. */
export function validText({ days, validFrom, validTo }: Requirement, now: number): string {
  const day = (at: string) => full(at).slice(0, 16)
  if (validTo) {
    return t('requirement.until', { at: day(validTo) })
  }
  return days && validFrom && Date.parse(validFrom) > now ? t('requirement.since', { at: day(validFrom) }) : ''
}

const DAY = 86_400_000

/** What taking a requirement away means. */
export type Removal = 'end' | 'mistake' | 'none'

/**
 * Hours of days, and a period that is not over, end now and what was required stays. A period that is over has nothing
 * left to end: within a day after it was entered it may be called a mistake, later it stands.
 */
export function removalOf(requirement: Requirement, now: number): Removal {
  const { days, to, made } = requirement
  if (days || !to || Date.parse(to) > now) {
    return 'end'
  }
  return made && now - Date.parse(made) < DAY ? 'mistake' : 'none'
}

/** Days of the week, a row of three or more as a span. */
export function daysText(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  if (sorted.length === 7 || sorted.length === 0) {
    return t('requirement.everyDay')
  }
  const runs: number[][] = []
  for (const day of sorted) {
    const run = runs.at(-1)
    if (run && run.at(-1) === day - 1) {
      run.push(day)
    } else {
      runs.push([day])
    }
  }
  return runs
    .map((run) => {
      const names = run.map((day) => t(`weekday.${day}`))
      return run.length > 2 ? t('requirement.span', { from: names[0], to: names.at(-1) }) : names.join(t('list.comma'))
    })
    .join(t('list.comma'))
}
