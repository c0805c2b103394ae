import { defineStore } from 'pinia'
import { ref } from 'vue'
import { get, post, type Page } from '../http/client'
import type { Holder, Problem } from '../http/problem'
import { t } from '../i18n'
import { problemText } from '../i18n/problem'
import { streamPath, type Stream } from '../video/stream'
import type { Motion } from './mover'

/** A place that a camera remembers. */
export interface Preset {
  /** 1 to 255. */
  number: number
  name?: string | null
}

export const MOST_PRESETS = 255
/** What the standard calls a fixed camera. */
const FIXED = 3
/** Channels of a device that are read to find a camera among them. */
const CHANNELS = 1000

/** Whether a stream comes from a camera that may be told to move; whether it can, only the camera knows. */
export function isMovable(stream: Stream): boolean {
  return stream.sourceUrl?.startsWith('gb28181:') ?? false
}

/** Tells a camera to move; a stop is sent also when the page is left. */
export function tell(id: string, motion: Motion, purpose: string): Promise<Holder> {
  const keepalive = Object.values(motion).every((speed) => speed === 0)
  return post<Holder>(streamPath(id, '/ptz'), motion, { purpose, keepalive })
}

/** What a device's catalogue says of a camera; absent where it does not say. */
export interface CameraFacts {
  fixed: boolean
  homePreset: number | null
}

export async function readFacts(stream: Stream): Promise<CameraFacts | null> {
  if (!stream.deviceId) {
    return null
  }
  const path = `/gb28181/devices/${encodeURIComponent(stream.deviceId)}/channels`
  const { items } = await get<Page<{ streamId?: string; ptz: number; homePreset?: number }>>(path, { query: { limit: CHANNELS } })
  const found = items.find(({ streamId }) => streamId === stream.id)
  return found ? { fixed: found.ptz === FIXED, homePreset: found.homePreset ?? null } : null
}

/** The lowest number without a preset, null when all are taken. */
export function freeNumber(presets: readonly Preset[]): number | null {
  const taken = new Set(presets.map(({ number }) => number))
  for (let number = 1; number <= MOST_PRESETS; number++) {
    if (!taken.has(number)) {
      return number
    }
  }
  return null
}

/** Why a camera does not do as it is told, in words. */
export function ptzText(problem: Problem): string {
  const { status, detail, holder } = problem
  if (status === 409 && holder) {
    return t('ptz.inUse', { who: holder.displayName })
  }
  if (status === 429) {
    return t('ptz.tooMany', { n: /at most (\d+)/.exec(detail)?.[1] ?? '20' })
  }
  if (status === 502) {
    const why = /the device does not do it: (.+)$/.exec(detail)?.[1]
    return why && !/^(no answer|408\b)/.test(why) ? t('ptz.refused', { why }) : t('ptz.silent')
  }
  if (status === 400 && isFixed(problem)) {
    return t('ptz.fixed')
  }
  return status === 404 ? t('ptz.noCamera') : problemText(problem)
}

/** Whether the service says that this camera does not turn. */
export function isFixed({ status, fields }: Problem): boolean {
  return status === 400 && /camera is fixed/.test(fields.pan ?? '')
}

/** On which stream the controls are open: on one at a time, as somebody has one hand. */
export const usePtz = defineStore('ptz', () => {
  const open = ref<string | null>(null)
  /** Just opened by hand: the controls take the focus, which they do not when a picture merely comes back. */
  let fresh = false
  return {
    open,
    toggle: (id: string) => {
      open.value = open.value === id ? null : id
      fresh = open.value !== null
    },
    close: () => (open.value = null),
    takesFocus: () => {
      const was = fresh
      fresh = false
      return was
    },
  }
})
