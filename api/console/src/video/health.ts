import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { get, getFile, post, type Page } from '../http/client'
import { word } from '../i18n'

export type HealthState = 'faulty' | 'learning' | 'good' | 'unseen'

/** Something the matter with a camera's pictures. */
export interface CameraFault {
  kind: string
  since: string
  /** Absent while it lasts. */
  until?: string | null
  /** Who had the view learned again, which ended it. */
  relearnedBy?: string | null
  alertId?: string | null
}

export interface CameraHealth {
  streamId: string
  state: HealthState
  lookedAt?: string | null
  faults: CameraFault[]
}

/** What one look measured; what could not be measured is absent. */
export interface HealthSample {
  at: string
  light: 'day' | 'night'
  /** 0 to 255. */
  brightness: number
  /** Of what is usual for the camera, 1 is as always. */
  sharpness?: number | null
  /** Share of the learned structure that is where it was. */
  kept?: number | null
  /** Difference to the picture before, 0 to 255. */
  stir?: number | null
  /** Pictures a second. */
  rate?: number | null
}

export interface CameraDetail {
  streamId: string
  version: number
  state: HealthState
  judged: string[]
  references: Partial<Record<'day' | 'night', { samples: number; enough: boolean; rate?: number | null }>>
  samples: HealthSample[]
  faults: CameraFault[]
}

export const MEASURES = ['brightness', 'sharpness', 'kept', 'stir', 'rate'] as const
export type Measure = (typeof MEASURES)[number]

const path = (id: string, tail: string) => `/cameras/${encodeURIComponent(id)}${tail}`

export const readHealth = (id: string) => get<CameraDetail>(path(id, '/health'))
export const learnAgain = (id: string, version: number) => post<CameraDetail>(path(id, '/learn'), { version })
export const readReference = (id: string, light: string, purpose: string) =>
  getFile(path(id, '/reference'), { query: { light }, purpose })

/** The names of the faults that last, in one line; empty when nothing is the matter. */
export function faultText(faults: readonly CameraFault[]): string {
  return faults
    .filter(({ until }) => !until)
    .map(({ kind }) => word('cameraFault', kind))
    .join(' ')
}

/** What a measure is now, as it is written; `–` where it could not be measured. */
export function measureText(measure: Measure, value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return '–'
  }
  switch (measure) {
    case 'sharpness':
    case 'kept':
      return `${Math.round(value * 100)} %`
    case 'brightness':
      return String(Math.round(value))
    case 'stir':
    case 'rate':
      return value.toFixed(1)
  }
}

/**
 * A measure's course as the points of SVG polylines in a box of 1 by 1, one for each stretch without a hole; nothing moves
 * out of the box, and a measure that hardly changes is not blown up.
 *
 * @param full value that at least reaches the upper edge
 */
export function course(samples: readonly HealthSample[], measure: Measure, full: number): string[] {
  const most = Math.max(full, ...samples.map((sample) => sample[measure] ?? 0))
  const first = Date.parse(samples[0]?.at ?? '')
  const length = Date.parse(samples.at(-1)?.at ?? '') - first || 1
  const lines: string[][] = [[]]
  for (const sample of samples) {
    const value = sample[measure]
    if (value === null || value === undefined) {
      lines.push([])
    } else {
      const x = (Date.parse(sample.at) - first) / length
      lines.at(-1)!.push(`${x.toFixed(4)},${(1 - Math.max(0, value) / most).toFixed(4)}`)
    }
  }
  return lines.filter((line) => line.length > 1).map((line) => line.join(' '))
}

const REFRESH = 15_000
const WHOLE = 10_000

/** How the cameras that the user may see are, read again and again while any screen shows it. */
export const useHealth = defineStore('camera-health', () => {
  const cameras = shallowRef<CameraHealth[]>([])
  const byStream = computed(() => new Map(cameras.value.map((camera) => [camera.streamId, camera])))
  let users = 0
  let timer: ReturnType<typeof setInterval> | undefined

  /** Keeps it fresh until the returned function is called. */
  function use(): () => void {
    users += 1
    if (users === 1) {
      timer = setInterval(() => void load(), REFRESH)
    }
    void load()
    let held = true
    return () => {
      if (held) {
        held = false
        users -= 1
        if (users === 0) {
          clearInterval(timer)
        }
      }
    }
  }

  /** The list of cameras says when the service does not answer; what is shown here stays as it was. */
  async function load(): Promise<void> {
    try {
      cameras.value = (await get<Page<CameraHealth>>('/cameras/health', { query: { limit: WHOLE } })).items
    } catch {
      return
    }
  }

  return { cameras, byStream, use, load }
})
