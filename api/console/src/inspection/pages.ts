import type { Area } from '../session/roles'

/** The pages of 督察, in the order of their tabs. */
const PAGES = [
  { area: 'inspection-home', to: '/inspection', label: 'inspectionHome.title' },
  { area: 'inspection', to: '/inspection/tasks', label: 'check.tab' },
  { area: 'findings', to: '/inspection/findings', label: 'supervision.findings' },
  { area: 'supervision-leads', to: '/inspection/leads', label: 'supervision.leads' },
  { area: 'inspection', to: '/inspection/draws', label: 'draw.title' },
  { area: 'roll-calls', to: '/inspection/roll-calls', label: 'rollCall.title' },
  { area: 'quotas', to: '/inspection/quotas', label: 'quota.title' },
] as const satisfies readonly { area: Area; to: string; label: string }[]

/** Those that somebody may open. */
export function inspectionPages(sees: (area: Area) => boolean): (typeof PAGES)[number][] {
  return PAGES.filter(({ area }) => sees(area))
}
