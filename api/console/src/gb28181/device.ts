import type { FieldErrors } from '../ui/form'
import { t } from '../i18n'

/** A device or platform that registers by GB/T 28181; what is not known is absent. */
export interface Gb28181Device {
  id: string
  name: string
  /** 20 digits. */
  code: string
  online: boolean
  /** ISO-8601 UTC. */
  lastSeen?: string
  /** Where it is registered from, absent when it is not. */
  address?: string
  manufacturer?: string
  model?: string
  firmware?: string
  /** ISO-8601 UTC. */
  catalogueAt?: string
  catalogueWhole?: boolean
  ownPassword: boolean
  /** Absent: as the setting says. */
  mediaTransport?: string
  version: number
}

export const TRANSPORTS = ['udp', 'tcp-passive', 'tcp-active'] as const

/** What the service takes for a password. */
const PASSWORD = /^[!-~]{8,64}$/

export interface DeviceForm {
  password: string
  mediaTransport: string
}

export function checkDevice({ password }: DeviceForm): FieldErrors {
  return password === '' || PASSWORD.test(password) ? {} : { password: t('gb28181.passwordRule') }
}

/** What the service is told: an empty password leaves the one there is, no transport is the common one. */
export function deviceBody({ password, mediaTransport }: DeviceForm, version: number): Record<string, unknown> {
  return { version, password: password || undefined, mediaTransport: mediaTransport || undefined }
}

/** Whether every word of a search stands in what is said of a device. */
export function deviceMatches({ name, code, address }: Gb28181Device, search: string): boolean {
  return contains(`${name} ${code} ${address ?? ''}`, search)
}

function contains(text: string, search: string): boolean {
  const low = text.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((part) => low.includes(part))
}
