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
  /** Seconds that are added to the times of recordings that it is asked for. */
  recordingShiftSeconds: number
  version: number
}

export const TRANSPORTS = ['udp', 'tcp-passive', 'tcp-active'] as const

/** What the service takes for a password. */
const PASSWORD = /^[!-~]{8,64}$/

/** The most by which times of recordings may be shifted, hours. */
export const MOST_SHIFT = 24
export const HOUR = 3_600

export interface DeviceForm {
  password: string
  mediaTransport: string
  recordingShiftSeconds: number
}

export function checkDevice({ password, recordingShiftSeconds }: DeviceForm): FieldErrors {
  const errors: FieldErrors = {}
  if (password !== '' && !PASSWORD.test(password)) {
    errors.password = t('gb28181.passwordRule')
  }
  if (Math.abs(recordingShiftSeconds) > MOST_SHIFT * HOUR) {
    errors.recordingShiftSeconds = t('gb28181.shiftRule', { most: MOST_SHIFT })
  }
  return errors
}

/** What the service is told: an empty password leaves the one there is, no transport is the common one. */
export function deviceBody({ password, mediaTransport, recordingShiftSeconds }: DeviceForm, version: number): Record<string, unknown> {
  return { version, password: password || undefined, mediaTransport: mediaTransport || undefined, recordingShiftSeconds }
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
