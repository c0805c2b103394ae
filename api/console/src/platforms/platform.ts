import { t } from '../i18n'
import type { FieldErrors } from '../ui/form'

/** 平台对接: platforms that log in here, and links on which we log in at a city platform (JT/T 809). */

export const EDITIONS = ['2011', '2019'] as const

/** The constants of the body's encryption, as typed. */
export interface Keys {
  m1: string
  ia1: string
  ic1: string
}

export interface LowerPlatform {
  id: string
  name: string
  accessCode: number
  userId: number
  encrypted: boolean
  edition: string
  address?: string
  createsVehicles: boolean
  datum: string
  squadId?: string
  enabled: boolean
  version: number
  state: {
    connectedSince?: string
    peer?: string
    lastMessage?: string
    slave: 'NONE' | 'NOT_ALLOWED' | 'CONNECTING' | 'CONNECTED'
    messages: number
    positions: number
    refusedVehicles: number
    unknownMessages: number
    lastError?: string
  }
}

export interface UpwardLink {
  id: string
  name: string
  host: string
  port: number
  accessCode: number
  userId: number
  encrypted: boolean
  edition: string
  downAddress: string
  downPort: number
  deviceIds: string[]
  squadIds: string[]
  enabled: boolean
  version: number
  state: {
    connectedSince?: string
    lastMessage?: string
    slaveConnected: boolean
    waiting: number
    oldest?: string
    delivered: number
    confirmed: number
    dropped: number
    breaks: number
    vehicles: number
    withoutPlate: string[]
    lastError?: string
  }
}

export type LinkState = 'disabled' | 'connected' | 'never' | 'broken'

/** How a link stands, as one word; never by what it should be. */
export function linkState(link: { enabled: boolean; state: { connectedSince?: string; lastError?: string; lastMessage?: string } }): LinkState {
  if (!link.enabled) {
    return 'disabled'
  }
  if (link.state.connectedSince) {
    return 'connected'
  }
  return link.state.lastError || link.state.lastMessage ? 'broken' : 'never'
}

const MOST = 4294967295

/** Whether this is a whole number from {@code least} to 4294967295, as the standard's DWORDs are. */
export function isDword(text: string, least = 0): boolean {
  return /^\d{1,10}$/.test(text.trim()) && Number(text) >= least && Number(text) <= MOST
}

/** What the service takes for the keys: nothing when none were typed, so that those it has stay. */
export function keysOf({ m1, ia1, ic1 }: Keys): { m1: number; ia1: number; ic1: number } | null {
  return [m1, ia1, ic1].every((text) => text.trim() === '') ? null : { m1: Number(m1), ia1: Number(ia1), ic1: Number(ic1) }
}

/** Whether the keys are all there, or all left out. */
export function keysRight({ m1, ia1, ic1 }: Keys): boolean {
  const typed = [m1, ia1, ic1].filter((text) => text.trim() !== '')
  return typed.length === 0 || (typed.length === 3 && typed.every((text) => isDword(text)))
}

/** What both sides of a link agree on, as typed; secrets that the service has are never shown. */
export interface Login {
  name: string
  accessCode: string
  userId: string
  password: string
  encrypted: boolean
  keys: Keys
  edition: string
  enabled: boolean
}

export const NEW_LOGIN: Login = {
  name: '',
  accessCode: '',
  userId: '',
  password: '',
  encrypted: false,
  keys: { m1: '', ia1: '', ic1: '' },
  edition: '2011',
  enabled: true,
}

type Known = LowerPlatform | UpwardLink

export function loginOf({ name, accessCode, userId, encrypted, edition, enabled }: Known): Login {
  return { ...NEW_LOGIN, name, accessCode: String(accessCode), userId: String(userId), encrypted, edition, enabled }
}

/** @param known null for a new one, which needs its secrets */
export function checkLogin(model: Login, known: Known | null): FieldErrors {
  const errors: FieldErrors = {}
  if (!model.name.trim()) errors.name = t('form.required')
  if (!isDword(model.accessCode, 1)) errors.accessCode = t('platform.dword', { least: 1 })
  if (!isDword(model.userId)) errors.userId = t('platform.dword', { least: 0 })
  if (!known && !model.password) errors.password = t('form.required')
  if (model.encrypted && (!keysRight(model.keys) || (!known?.encrypted && !keysOf(model.keys)))) {
    errors.keys = t('platform.keysRule')
  }
  return errors
}

export function loginBody(model: Login, known: Known | null): Record<string, unknown> {
  return {
    version: known?.version,
    name: model.name.trim(),
    accessCode: Number(model.accessCode),
    userId: Number(model.userId),
    password: model.password || undefined,
    encrypted: model.encrypted,
    keys: model.encrypted ? (keysOf(model.keys) ?? undefined) : undefined,
    edition: model.edition,
    enabled: model.enabled,
  }
}
