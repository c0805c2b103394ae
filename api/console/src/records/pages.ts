import type { Area } from '../session/roles'

/** The pages of 记录, in the order of their tabs. */
const PAGES = [
  { area: 'records', to: '/records', label: 'records.map' },
  { area: 'records', to: '/records/inquiries', label: 'inquiry.title' },
  { area: 'records', to: '/records/activities', label: 'activity.list' },
  { area: 'records', to: '/records/matching', label: 'matching.title' },
  { area: 'record-reports', to: '/records/reports', label: 'report.list' },
] as const satisfies readonly { area: Area; to: string; label: string }[]

/** Those that somebody may open. */
export function recordPages(sees: (area: Area) => boolean): (typeof PAGES)[number][] {
  return PAGES.filter(({ area }) => sees(area))
}
