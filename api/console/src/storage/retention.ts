import { get } from '../http/client'
import type { StorageClass } from './storage'

/** The law's least (公共安全视频图像信息系统管理条例 art. 17) and the most that the service takes. */
export const LEAST_DAYS = 30
export const MOST_DAYS = 3650

/** For how long a stream's recordings are kept; sizes in bytes. */
export interface StreamRetention {
  streamId: string
  code: StorageClass
  /** That hold: its own or its class's. */
  days: number
  ownDays?: number | null
  reason?: string | null
  /** Of its own days, 0 before it ever had any. */
  version: number
  bytes: number
  heldBytes: number
}

export function retentionPath(streamId: string): string {
  return `/storage/streams/${encodeURIComponent(streamId)}`
}

export function readRetention(streamId: string, signal?: AbortSignal): Promise<StreamRetention> {
  return get<StreamRetention>(retentionPath(streamId), signal ? { signal } : {})
}

export interface RetentionModel {
  own: boolean
  days: string
  reason: string
}

/** Which fields cannot be saved, and by which rule. */
export function retentionFaults({ own, days, reason }: RetentionModel): Partial<Record<'days' | 'reason', 'range' | 'missing'>> {
  if (!own) {
    return {}
  }
  const number = Number(days)
  return {
    ...(days.trim() && Number.isInteger(number) && number >= LEAST_DAYS && number <= MOST_DAYS ? {} : { days: 'range' as const }),
    ...(reason.trim() ? {} : { reason: 'missing' as const }),
  }
}
