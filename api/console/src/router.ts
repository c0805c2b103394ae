import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { adminPages } from './admin/pages'
import { inspectionPages } from './inspection/pages'
import type { Area, Role } from './session/roles'
import { useSession } from './session/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may come here; nothing means everybody who is signed in. */
    area?: Area
    /** The entry of the rail that is lit. */
    entry?: string
  }
}

/** Where each role begins; of several roles the first counts. */
const HOMES: readonly [Role, string][] = [
  ['operator', '/situation'],
  ['inspector', '/inspection'],
  ['legal-reviewer', '/records'],
  ['squad-leader', '/squad'],
  ['officer', '/me'],
  ['administrator', '/devices'],
  ['security-auditor', '/admin/audit'],
]

function page(path: string, name: string, area: Area, component: () => Promise<unknown>): RouteRecordRaw {
  return { path, name, component, meta: { area } }
}

const routes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./session/LoginPage.vue') },
  // Paper has no frame.
  page('/inspection/sheet/:id', 'draw-sheet', 'inspection', () => import('./inspection/DrawSheet.vue')),
  page('/inspection/sampling/:id', 'check-sheet', 'inspection', () => import('./bench/CheckSheet.vue')),
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
      {
        path: 'squad/custody',
        name: 'custody-desk',
        component: () => import('./bodycam/CustodyDesk.vue'),
        meta: { area: 'custody-desk', entry: 'squad' },
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
        path: 'video/playback',
        name: 'playback',
        component: () => import('./video/PlaybackPage.vue'),
        meta: { area: 'video', entry: 'video' },
      },
      {
        path: 'video/shouts',
        name: 'shouts',
        component: () => import('./talk/ShoutsPage.vue'),
        meta: { area: 'shouts', entry: 'video' },
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
          {
            path: '',
            name: 'inspection',
            component: () => import('./inspection/InspectionHome.vue'),
            beforeEnter: () => useSession().sees('inspection-home') || (inspectionPages(useSession().sees)[0]?.to ?? '/'),
          },
          page('tasks', 'checks', 'inspection', () => import('./bench/ChecksPage.vue')),
          page('tasks/:id', 'check', 'inspection', () => import('./bench/BenchPage.vue')),
          page('checklists', 'checklists', 'inspection', () => import('./bench/ChecklistsPage.vue')),
          page('draws', 'draws', 'inspection', () => import('./inspection/DrawsPage.vue')),
          page('draws/:id', 'draw', 'inspection', () => import('./inspection/DrawPage.vue')),
          page('roll-calls', 'roll-calls', 'roll-calls', () => import('./rollcall/RollCallsPage.vue')),
          page('roll-calls/:id', 'roll-call', 'roll-calls', () => import('./rollcall/RollCallPage.vue')),
          page('quotas', 'quotas', 'quotas', () => import('./quotas/QuotasPage.vue')),
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
          { path: 'activities', name: 'activities', component: () => import('./records/ActivitiesPage.vue') },
          { path: 'matching', name: 'matching', component: () => import('./records/MatchingPage.vue') },
          page('reports', 'record-reports', 'record-reports', () => import('./records/ReportsPage.vue')),
          page('reports/:id', 'record-report', 'record-reports', () => import('./records/ReportPage.vue')),
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
          page('admin/gb28181', 'gb28181', 'gb28181', () => import('./gb28181/Gb28181Page.vue')),
          page('admin/storage', 'storage', 'storage', () => import('./storage/StoragePage.vue')),
          page('admin/organisation', 'organisation', 'organisation', () => import('./admin/OrganisationPage.vue')),
          page('admin/users', 'users', 'users', () => import('./admin/UsersPage.vue')),
          page('admin/rules', 'rules', 'rules', () => import('./admin/RulesPage.vue')),
          page('admin/alarm-rules', 'alarm-rules', 'alarm-rules', () => import('./admin/AlarmRulesPage.vue')),
          page('admin/calendar', 'calendar', 'calendar', () => import('./admin/CalendarPage.vue')),
          page('admin/templates', 'templates', 'templates', () => import('./admin/TemplatesPage.vue')),
          page('admin/tokens', 'tokens', 'tokens', () => import('./admin/TokensPage.vue')),
          page('admin/audit', 'audit', 'audit', () => import('./admin/AuditPage.vue')),
          page('admin/view-log', 'view-log', 'view-log', () => import('./admin/ViewLogPage.vue')),
          page('admin/roots', 'roots', 'roots', () => import('./admin/RootsPage.vue')),
          page('admin/uploads', 'uploads', 'uploads', () => import('./uploads/UploadsPage.vue')),
          page('admin/body-cameras', 'body-cameras', 'body-cameras', () => import('./bodycam/BodyCamerasPage.vue')),
          page('admin/duty-recording', 'duty-recording', 'duty-recording', () => import('./bodycam/DutyHoursPage.vue')),
          page('admin/explain', 'explain', 'explain', () => import('./admin/ExplainPage.vue')),
          page('admin/platforms', 'platforms', 'platforms', () => import('./platforms/PlatformsPage.vue')),
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
  const { roles } = useSession()
  return HOMES.find(([role]) => roles.includes(role))?.[1] ?? '/'
}
