import type { Presence } from '../duty/presence'

/** The last known place of a device, as the service's live board holds it. */
export interface LivePosition {
  deviceId: string
  name: string
  kind: string
  squadId: string | null
  officerId: string | null
  officerName: string | null
  dutyId: string | null
  presence: Presence | null
  /** ISO-8601 UTC. */
  fixTime: string
  receiveTime: string
  /** WGS-84 degrees; null while a device has never had a fix. */
  longitude: number | null
  latitude: number | null
  altitude?: number | null
  /** km/h. */
  speed?: number | null
  /** Degrees clockwise from north. */
  heading?: number | null
  valid: boolean
  online: boolean
  lastSeen: string | null
  flags: string[]
}

/** Topic `devices`: whether a device is connected. */
export interface DevicePulse {
  id: string
  online: boolean
  lastSeen: string | null
}

/** Topic `posts`: who is where they must be. */
export interface PostPulse {
  id: string
  state: PostState | null
  present: number
  required: number
}

export type PostState = 'on-post' | 'late' | 'off-post' | 'unknown'
