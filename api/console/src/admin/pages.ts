import type { Area } from '../session/roles'

/** The pages of 管理 in their order. */
export const ADMIN_PAGES: readonly { area: Area; to: string }[] = [
  { area: 'devices', to: '/devices' },
  { area: 'streams', to: '/admin/streams' },
  { area: 'gb28181', to: '/admin/gb28181' },
  { area: 'uploads', to: '/admin/uploads' },
  { area: 'body-cameras', to: '/admin/body-cameras' },
  { area: 'duty-recording', to: '/admin/duty-recording' },
  { area: 'storage', to: '/admin/storage' },
  { area: 'organisation', to: '/admin/organisation' },
  { area: 'users', to: '/admin/users' },
  { area: 'rules', to: '/admin/rules' },
  { area: 'alarm-rules', to: '/admin/alarm-rules' },
  { area: 'calendar', to: '/admin/calendar' },
  { area: 'templates', to: '/admin/templates' },
  { area: 'tokens', to: '/admin/tokens' },
  { area: 'audit', to: '/admin/audit' },
  { area: 'view-log', to: '/admin/view-log' },
  { area: 'roots', to: '/admin/roots' },
  { area: 'explain', to: '/admin/explain' },
  { area: 'platforms', to: '/admin/platforms' },
]

export function adminPages(sees: (area: Area) => boolean): readonly { area: Area; to: string }[] {
  return ADMIN_PAGES.filter(({ area }) => sees(area))
}
