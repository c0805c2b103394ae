/** A recording that was brought, as the service gives it. */
export interface Upload {
  id: string
  source: 'http' | 'folder'
  broughtBy: string
  name: string
  length: number
  offset: number
  state: UploadState
  fault?: string
  reason?: string
  madeAt: string
  receivedAt?: string
  told: { device?: string; officer?: string; start?: string }
  deviceId?: string
  officerName?: string
  streamId?: string
  start?: string
  end?: string
  clockOffsetMillis?: number
  late: boolean
  important: boolean
  version: number
}

export const UPLOAD_STATES = ['open', 'waiting', 'storing', 'arrived', 'duplicate', 'refused', 'discarded', 'expired'] as const

export type UploadState = (typeof UPLOAD_STATES)[number]

export const TONES: Record<UploadState, string> = {
  open: '',
  waiting: '',
  storing: '',
  arrived: 'good',
  duplicate: '',
  refused: 'critical',
  discarded: '',
  expired: 'warning',
}

/** How much of it has come, whole percent; 100 only when all of it has. */
export function percent(upload: Pick<Upload, 'offset' | 'length'>): number {
  return Math.floor((100 * upload.offset) / upload.length)
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** A size in the largest unit of which it has at least one, by 1024. */
export function size(bytes: number): string {
  let unit = 0
  let value = bytes
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`
}

/** Whole seconds by which a device's clock was off, 0 where it was near enough not to be said. */
export function clockOff(upload: Pick<Upload, 'clockOffsetMillis'>): number {
  return Math.round((upload.clockOffsetMillis ?? 0) / 1000)
}
