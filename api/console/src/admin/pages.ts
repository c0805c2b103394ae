import type { Area } from '../session/roles'

/** What a page of 管理 is about, in the order of the groups. */
export const ADMIN_GROUPS = ['access', 'people', 'rules', 'proof', 'system'] as const
export type AdminGroup = (typeof ADMIN_GROUPS)[number]

export interface AdminPage {
  area: Area
  to: string
  group: AdminGroup
}

/** The pages of 管理 in their order. */
export const ADMIN_PAGES: readonly AdminPage[] = [
  { area: 'devices', to: '/devices', group: 'access' },
  { area: 'streams', to: '/admin/streams', group: 'access' },
  { area: 'gb28181', to: '/admin/gb28181', group: 'access' },
  { area: 'uploads', to: '/admin/uploads', group: 'access' },
  { area: 'body-cameras', to: '/admin/body-cameras', group: 'access' },
  { area: 'platforms', to: '/admin/platforms', group: 'access' },
  { area: 'organisation', to: '/admin/organisation', group: 'people' },
  { area: 'users', to: '/admin/users', group: 'people' },
  { area: 'rules', to: '/admin/rules', group: 'rules' },
  { area: 'alarm-rules', to: '/admin/alarm-rules', group: 'rules' },
  { area: 'duty-recording', to: '/admin/duty-recording', group: 'rules' },
  { area: 'calendar', to: '/admin/calendar', group: 'rules' },
  { area: 'templates', to: '/admin/templates', group: 'rules' },
  { area: 'storage', to: '/admin/storage', group: 'proof' },
  { area: 'audit', to: '/admin/audit', group: 'proof' },
  { area: 'view-log', to: '/admin/view-log', group: 'proof' },
  { area: 'roots', to: '/admin/roots', group: 'proof' },
  { area: 'tokens', to: '/admin/tokens', group: 'system' },
  { area: 'explain', to: '/admin/explain', group: 'system' },
]

/** So many pages stand in one row; more are grouped. */
const MOST_IN_A_ROW = 7

export function adminPages(sees: (area: Area) => boolean): readonly AdminPage[] {
  return ADMIN_PAGES.filter(({ area }) => sees(area))
}

export interface Shelf {
  group: AdminGroup
  pages: readonly AdminPage[]
}

/** The pages by group, without groups that hold none; nothing where all of them fit into one row. */
export function shelves(pages: readonly AdminPage[]): readonly Shelf[] {
  if (pages.length <= MOST_IN_A_ROW) {
    return []
  }
  return ADMIN_GROUPS.map((group) => ({ group, pages: pages.filter((page) => page.group === group) })).filter(
    (shelf) => shelf.pages.length > 0,
  )
}

/** The page that an address belongs to: itself or what is opened from it. */
export function pageAt(pages: readonly AdminPage[], path: string): AdminPage | undefined {
  return pages
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .sort((a, b) => b.to.length - a.to.length)[0]
}
