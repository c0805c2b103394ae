import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { adminPages } from './admin/pages'
import { inspectionPages } from './inspection/pages'
import type { Area, Change } from './session/roles'
import { useSession } from './session/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may come here; nothing means everybody who is signed in. */
    area?: Area
    /** The entry of the rail that is lit. */
    entry?: string
  }
}

/** The desks in the order in which the first permitted one is somebody's home. */
const HOMES: readonly { area: Area; path: string; unless?: Change }[] = [
  // Who decides on alerts, too, works for the whole district first.
  { area: 'squad', path: '/squad', unless: 'decide-alerts' },
  { area: 'situation', path: '/situation' },
  { area: 'records', path: '/records' },
  { area: 'duty', path: '/duty' },
  { area: 'devices', path: '/devices' },
  { area: 'me', path: '/me' },
  { area: 'tasks', path: '/tasks' },
  { area: 'audit', path: '/admin/audit' },
  { area: 'findings', path: '/inspection/findings' },
]

function page(path: string, name: string, area: Area, component: () => Promise<unknown>): RouteRecordRaw {
  return { path, name, component, meta: { area } }
}

const routes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./session/LoginPage.vue') },
  // Paper has no frame.
  page('/inspection/sheet/:id', 'draw-sheet', 'inspection', () => import('./inspection/DrawSheet.vue')),
  {
    path: '/',
    component: () => import('./frame/AppFrame.vue'),
    children: [
      { path: '', name: 'home', component: () => import('./frame/NoDesk.vue') },
      {
        path: 'situation',
        name: 'situation',
        component: () => import('./situation/SituationPage.vue'),
        meta: { area: 'situation', entry: 'situation' },
      },
      {
        path: 'squad',
        name: 'squad',
        component: () => import('./squad/SquadPage.vue'),
        meta: { area: 'squad', entry: 'squad' },
      },
      { path: 'me', name: 'me', component: () => import('./me/MePage.vue'), meta: { area: 'me', entry: 'user' } },
      {
        path: '',
        component: () => import('./tasks/TasksLayout.vue'),
        meta: { entry: 'alerts' },
        children: [
          page('alerts', 'alerts', 'alerts', () => import('./alerts/AlertsPage.vue')),
          {
            path: 'tasks',
            name: 'tasks',
            component: () => import('./tasks/TasksPage.vue'),
            props: { lane: 'task' },
            meta: { area: 'tasks' },
          },
          {
            path: 'tickets',
            name: 'tickets',
            component: () => import('./tasks/TasksPage.vue'),
            props: { lane: 'ticket' },
            meta: { area: 'tasks' },
          },
        ],
      },
      {
        path: 'video',
        name: 'video',
        component: () => import('./video/VideoPage.vue'),
        meta: { area: 'video', entry: 'video' },
      },
      {
        path: 'video/:id',
        name: 'stream',
        component: () => import('./video/StreamPage.vue'),
        meta: { area: 'video', entry: 'video' },
      },
      {
        path: 'duty',
        component: () => import('./duty/DutyLayout.vue'),
        meta: { area: 'duty', entry: 'duty' },
        children: [
          { path: '', name: 'roster', component: () => import('./duty/RosterPage.vue') },
          { path: 'posts', name: 'posts', component: () => import('./duty/PostsPage.vue') },
        ],
      },
      {
        path: 'inspection',
        component: () => import('./inspection/InspectionLayout.vue'),
        meta: { entry: 'inspection' },
        children: [
          { path: '', redirect: () => inspectionPages(useSession().sees)[0]?.to ?? '/' },
          page('draws', 'draws', 'inspection', () => import('./inspection/DrawsPage.vue')),
          page('draws/:id', 'draw', 'inspection', () => import('./inspection/DrawPage.vue')),
          page('roll-calls', 'roll-calls', 'roll-calls', () => import('./rollcall/RollCallsPage.vue')),
          page('roll-calls/:id', 'roll-call', 'roll-calls', () => import('./rollcall/RollCallPage.vue')),
          page('leads', 'supervision-leads', 'supervision-leads', () => import('./findings/LeadsPage.vue')),
          page('leads/:id', 'supervision-lead', 'supervision-leads', () => import('./findings/LeadPage.vue')),
          page('findings', 'findings', 'findings', () => import('./findings/FindingsPage.vue')),
          page('findings/:id', 'finding', 'findings', () => import('./findings/FindingPage.vue')),
        ],
      },
      {
        path: 'records',
        component: () => import('./records/RecordsLayout.vue'),
        meta: { area: 'records', entry: 'records' },
        children: [
          { path: '', name: 'records', component: () => import('./records/RecordsPage.vue') },
          { path: 'inquiries', name: 'inquiries', component: () => import('./records/InquiriesPage.vue') },
        ],
      },
      {
        path: '',
        component: () => import('./admin/AdminLayout.vue'),
        meta: { entry: 'admin' },
        children: [
          { path: 'admin', name: 'admin', redirect: () => adminPages(useSession().sees)[0]?.to ?? '/' },
          page('devices', 'devices', 'devices', () => import('./devices/DevicesPage.vue')),
          page('devices/:id', 'device', 'devices', () => import('./devices/DevicePage.vue')),
          page('admin/streams', 'streams', 'streams', () => import('./video/StreamsPage.vue')),
          page('admin/organisation', 'organisation', 'organisation', () => import('./admin/OrganisationPage.vue')),
          page('admin/users', 'users', 'users', () => import('./admin/UsersPage.vue')),
          page('admin/rules', 'rules', 'rules', () => import('./admin/RulesPage.vue')),
          page('admin/tokens', 'tokens', 'tokens', () => import('./admin/TokensPage.vue')),
          page('admin/audit', 'audit', 'audit', () => import('./admin/AuditPage.vue')),
          page('admin/view-log', 'view-log', 'view-log', () => import('./admin/ViewLogPage.vue')),
          page('admin/roots', 'roots', 'roots', () => import('./admin/RootsPage.vue')),
        ],
      },
      { path: ':rest(.*)*', name: 'missing', component: () => import('./frame/MissingPage.vue') },
    ],
  },
]

export const router = createRouter({ history: createWebHistory('/'), routes })

router.beforeEach(async (to) => {
  const session = useSession()
  try {
    await session.load()
  } catch {
    // The service is away: the sign-in page says so when it is tried.
  }
  if (to.name === 'login') {
    return session.user ? { path: homeOf() } : true
  }
  if (!session.user) {
    return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  }
  if (to.name === 'home') {
    const path = homeOf()
    return path === '/' ? true : { path }
  }
  if (to.meta.area && !session.sees(to.meta.area)) {
    return { name: 'missing', params: { rest: to.path.split('/').slice(1) } }
  }
  return true
})

function homeOf(): string {
  const { sees, changes } = useSession()
  return HOMES.find(({ area, unless }) => sees(area) && !(unless && changes(unless)))?.path ?? '/'
}
