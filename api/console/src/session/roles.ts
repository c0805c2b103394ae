import type { Topic } from '../live/live'

/** The roles of the service; design §3 and the vocabulary give their names on screen. */
export const ROLES = [
  'operator',
  'inspector',
  'legal-reviewer',
  'squad-leader',
  'officer',
  'administrator',
  'security-auditor',
  'collection-station',
] as const

export type Role = (typeof ROLES)[number]

/** A part of the console that is shown or not; the service decides again on every call. */
export type Area =
  | 'situation'
  | 'tracks'
  | 'alerts'
  | 'tasks'
  | 'squad'
  | 'video'
  | 'duty'
  | 'inspection-home'
  | 'inspection'
  | 'supervision-leads'
  | 'quotas'
  | 'findings'
  | 'devices'
  | 'streams'
  | 'storage'
  | 'organisation'
  | 'users'
  | 'rules'
  | 'alarm-rules'
  | 'calendar'
  | 'templates'
  | 'tokens'
  | 'audit'
  | 'view-log'
  | 'roots'
  | 'day-roots'
  | 'root-targets'
  | 'records'
  | 'roll-calls'
  | 'me'
  | 'record-reports'
  | 'media'
  | 'explain'
  | 'undecoded'
  | 'commands'
  | 'platforms'
  | 'uploads'
  | 'body-cameras'
  | 'custody-desk'
  | 'duty-recording'
  | 'gb28181'
  | 'shouts'

const ENTRY: Record<Area, readonly Role[]> = {
  situation: ['operator', 'inspector', 'squad-leader'],
  tracks: ['operator', 'inspector', 'legal-reviewer', 'squad-leader'],
  alerts: ['operator', 'inspector', 'squad-leader'],
  tasks: ['operator', 'inspector', 'squad-leader', 'officer'],
  squad: ['squad-leader'],
  video: ['operator', 'inspector', 'legal-reviewer', 'squad-leader'],
  duty: ['operator', 'inspector', 'squad-leader', 'legal-reviewer'],
  'inspection-home': ['inspector'],
  inspection: ['inspector', 'legal-reviewer'],
  'supervision-leads': ['inspector'],
  quotas: ['inspector', 'legal-reviewer', 'squad-leader'],
  findings: ['inspector', 'squad-leader', 'officer'],
  devices: ['operator', 'inspector', 'legal-reviewer', 'squad-leader', 'administrator'],
  streams: ['administrator'],
  storage: ['inspector', 'legal-reviewer', 'administrator'],
  organisation: ['squad-leader', 'administrator'],
  users: ['administrator'],
  rules: ['administrator'],
  'alarm-rules': ['administrator'],
  calendar: ['administrator'],
  templates: ['inspector', 'administrator'],
  tokens: ['operator', 'inspector', 'legal-reviewer', 'squad-leader', 'administrator', 'security-auditor'],
  audit: ['security-auditor'],
  'view-log': ['security-auditor', 'legal-reviewer'],
  roots: ['inspector', 'legal-reviewer', 'administrator', 'security-auditor'],
  'day-roots': ['inspector', 'legal-reviewer', 'security-auditor'],
  'root-targets': ['legal-reviewer', 'administrator', 'security-auditor'],
  records: ['inspector', 'legal-reviewer', 'squad-leader'],
  'roll-calls': ['operator', 'inspector'],
  me: ['officer'],
  'record-reports': ['inspector', 'legal-reviewer'],
  media: ['operator', 'inspector', 'squad-leader'],
  explain: ['operator', 'administrator'],
  undecoded: ['administrator'],
  commands: ['operator', 'administrator'],
  platforms: ['administrator'],
  uploads: ['legal-reviewer', 'squad-leader', 'administrator'],
  'body-cameras': ['operator', 'inspector', 'legal-reviewer', 'squad-leader', 'administrator'],
  'custody-desk': ['squad-leader', 'administrator'],
  'duty-recording': ['inspector', 'legal-reviewer', 'squad-leader', 'administrator'],
  gb28181: ['operator', 'inspector', 'squad-leader', 'administrator'],
  shouts: ['operator', 'inspector', 'legal-reviewer', 'squad-leader'],
}

/** What somebody may change, as against see. */
export type Change =
  | 'decide-alerts'
  | 'plan-duties'
  | 'edit-posts'
  | 'import-posts'
  | 'edit-devices'
  | 'edit-custody'
  | 'edit-organisation'
  | 'edit-streams'
  | 'edit-zones'
  | 'learn-cameras'
  | 'plan-recording'
  | 'plan-draws'
  | 'set-quotas'
  | 'put-templates'
  | 'make-checks'
  | 'ask-gaps'
  | 'call-roll'
  | 'enter-activities'
  | 'make-reports'
  | 'decide-uploads'
  | 'switch-duty-recording'
  | 'set-retention'
  | 'hold-recordings'
  | 'export-recordings'
  | 'fetch-device-recordings'
  | 'edit-gb28181'
  | 'ask-catalogue'
  | 'order-gb28181'
  | 'reboot-gb28181'
  | 'move-cameras'
  | 'set-presets'
  | 'speak'
  | 'edit-announcements'
  | 'edit-root-targets'
  | 'send-roots'

const CHANGE: Record<Change, readonly Role[]> = {
  'decide-alerts': ['operator', 'inspector'],
  'plan-duties': ['operator', 'squad-leader'],
  'edit-posts': ['operator', 'inspector', 'squad-leader'],
  'import-posts': ['operator', 'inspector'],
  'edit-devices': ['administrator'],
  'edit-custody': ['squad-leader', 'administrator'],
  'edit-organisation': ['administrator'],
  'edit-streams': ['administrator'],
  'edit-zones': ['operator', 'inspector'],
  'learn-cameras': ['operator', 'administrator'],
  'plan-recording': ['inspector', 'legal-reviewer'],
  'plan-draws': ['inspector'],
  'set-quotas': ['inspector'],
  'put-templates': ['administrator'],
  'make-checks': ['inspector'],
  'ask-gaps': ['legal-reviewer'],
  'call-roll': ['inspector'],
  'enter-activities': ['squad-leader', 'legal-reviewer'],
  'make-reports': ['legal-reviewer'],
  'decide-uploads': ['squad-leader', 'administrator'],
  'switch-duty-recording': ['administrator'],
  'set-retention': ['administrator'],
  'hold-recordings': ['inspector', 'legal-reviewer'],
  'export-recordings': ['inspector', 'legal-reviewer'],
  'fetch-device-recordings': ['operator', 'inspector', 'legal-reviewer'],
  'edit-gb28181': ['administrator'],
  'ask-catalogue': ['operator', 'administrator'],
  'order-gb28181': ['operator', 'administrator'],
  'reboot-gb28181': ['administrator'],
  'move-cameras': ['operator', 'inspector'],
  'set-presets': ['operator'],
  speak: ['operator', 'inspector'],
  'edit-announcements': ['operator', 'administrator'],
  'edit-root-targets': ['administrator'],
  'send-roots': ['legal-reviewer', 'administrator'],
}

const TOPICS: Record<Topic, readonly Role[]> = {
  positions: ['operator', 'inspector', 'squad-leader'],
  alerts: ['operator', 'inspector', 'squad-leader'],
  devices: ['operator', 'inspector', 'squad-leader', 'administrator'],
  posts: ['operator', 'inspector', 'squad-leader'],
}

/** The live topics that are open to somebody. */
export function topicsFor(roles: readonly string[]): Topic[] {
  return (Object.keys(TOPICS) as Topic[]).filter((topic) => TOPICS[topic].some((role) => roles.includes(role)))
}

export function maySee(roles: readonly string[], area: Area): boolean {
  return ENTRY[area].some((role) => roles.includes(role))
}

export function mayChange(roles: readonly string[], change: Change): boolean {
  return CHANGE[change].some((role) => roles.includes(role))
}
