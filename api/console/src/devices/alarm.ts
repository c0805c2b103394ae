import type { AlertState, Severity } from '../alerts/alert'
import type { DeviceCommand } from './command'

/** One time that an alarm of a device was on. Times are ISO-8601 UTC; the service leaves out what there is not. */
export interface DeviceAlarm {
  id: string
  alarm: string
  from: string
  /** Absent while it is on. */
  to?: string
  /** When the service heard of it. */
  noticed: string
  late: boolean
  alert?: { id: string; state: AlertState; severity: Severity; by?: string; at?: string; reason?: string }
  /** The terminal waits for the platform's answer. */
  confirmable: boolean
  /** State of the command with that answer. */
  told?: DeviceCommand['state']
}

/** How long it was on, or has been so far, in milliseconds; a device's clock may be ahead of this one. */
export function lasted({ from, to }: Pick<DeviceAlarm, 'from' | 'to'>, now: number): number {
  return Math.max(0, (to === undefined ? now : Date.parse(to)) - Date.parse(from))
}

/** Whether the terminal was told that somebody dealt with it, as a word of {@code deviceAlarm.told}. */
export function answered({ confirmable, told }: Pick<DeviceAlarm, 'confirmable' | 'told'>): string {
  switch (told) {
    case undefined:
      return confirmable ? 'not' : 'needless'
    case 'done':
      return 'told'
    case 'queued':
    case 'sent':
      return 'underway'
    default:
      return 'failed'
  }
}
