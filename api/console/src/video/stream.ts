import type { Tone } from '../duty/presence'
import { has, t, word } from '../i18n'
import { span } from '../time/format'

/** In seconds. */
const MINUTE = 60
const DAY = 86_400

export const STREAM_STATES = ['connecting', 'live', 'stalled', 'offline', 'idle'] as const
export type Fetch = 'always' | 'on-demand'
export type StreamState = (typeof STREAM_STATES)[number]

/** A live media channel of a device, as the service describes it; what there is not is absent. */
export interface Stream {
  id: string
  name: string
  deviceId?: string | null
  squadId?: string | null
  channelId?: string | null
  /** With its password hidden. */
  sourceUrl?: string | null
  /** Of a smaller picture for walls, with its password hidden. */
  subSourceUrl?: string | null
  record: boolean
  /** It is spoken to and sends nothing. */
  loudspeaker: boolean
  fetch: Fetch
  state: StreamState
  /** Why there is no picture. */
  cause?: string | null
  /** What the source said, as it said it. */
  detail?: string | null
  /** When the present state began, ISO-8601 UTC. */
  since?: string | null
  codec?: string | null
  /** Pixels. */
  width?: number | null
  height?: number | null
  /** Without a codec when it is left out. */
  sound?: { codec?: string | null; original: string } | null
  /** Seconds that the camera's clock is ahead of the service's, negative when behind; absent while that is not known. */
  clockOffset?: number | null
  /** Of the present connection, as far as the service counts them. */
  packets?: { came: number; lost: number } | null
  /** WGS-84 degrees. */
  location?: { longitude: number; latitude: number } | null
  /** Degrees clockwise from north. */
  heading?: number | null
  /** Degrees from one edge of the picture to the other. */
  fieldOfView?: number | null
  version: number
}

/** The address of a stream and of what belongs to it, below the root of the service. */
export function streamPath(id: string, tail = ''): string {
  return `/streams/${encodeURIComponent(id)}${tail}`
}

export function streamTone(state: StreamState): Tone {
  switch (state) {
    case 'live':
      return 'good'
    case 'connecting':
    case 'idle':
      return 'neutral'
    case 'stalled':
      return 'warning'
    case 'offline':
      return 'critical'
  }
}

/** Whether nothing is fetched and nothing missed: what it has was brought by uploads. */
export function isBrought({ sourceUrl, state }: Stream): boolean {
  return state === 'offline' && !sourceUrl
}

/** A dot for a state whose form says it too: full, ring, half, cross. */
export function stateSign(state: StreamState): string {
  switch (state) {
    case 'live':
      return '●'
    case 'connecting':
      return '○'
    case 'stalled':
      return '◐'
    case 'offline':
      return '✕'
    case 'idle':
      return '–'
  }
}

/** Why there is no picture, in words; empty when the service gave no cause. */
export function causeText(cause: string | null | undefined): string {
  return cause ? word('streamCause', cause) : ''
}

/** What somebody can do about it; empty when nothing is known to help. */
export function causeAdvice(cause: string | null | undefined): string {
  const key = `streamAdvice.${cause}`
  return cause && has(key) ? t(key) : ''
}

/** Whether a stream is recorded, in words: nothing is while there is no picture. */
export function recordText({ record, state }: Stream): string {
  return t(record ? (state === 'live' ? 'stream.isRecorded' : 'stream.recordWaits') : 'stream.notRecorded')
}

/** What a codec is called on screen: `H.264`, `H.265`, or as the service names it. */
export function codecName(codec: string | null | undefined): string {
  const name = (codec ?? '').toLowerCase()
  if (/^(h\.?264|avc)/.test(name)) {
    return 'H.264'
  }
  return /^(h\.?265|hevc|hvc1|hev1)/.test(name) ? 'H.265' : (codec ?? '')
}

const SOUND: Record<string, string> = {
  aac: 'AAC',
  pcm_alaw: 'G.711 A',
  pcm_mulaw: 'G.711 µ',
  adpcm_g722: 'G.722',
  adpcm_g726: 'G.726',
  adpcm_g726le: 'G.726',
  adpcm_ima_wav: 'ADPCM',
  adpcm_dvi4: 'ADPCM',
}

/** What is heard of a stream, in words; empty when the camera sends no sound. */
export function soundText({ sound }: Stream): string {
  if (!sound) {
    return ''
  }
  const original = SOUND[sound.original] ?? sound.original
  if (!sound.codec) {
    return t('stream.soundLeftOut', { original })
  }
  return sound.original === 'aac' ? original : t('stream.soundMade', { original })
}

/** Seconds by which a clock is off that is right but for its zone, and how far it may be off besides. */
const WRONG_ZONE = 8 * 3_600
const BESIDES = 120

/** How right a camera's clock is, in words. */
export function clockText({ clockOffset }: Pick<Stream, 'clockOffset'>): string {
  if (clockOffset === null || clockOffset === undefined) {
    return t('cameraClock.unknown')
  }
  const off = Math.abs(clockOffset)
  if (Math.abs(off - WRONG_ZONE) <= BESIDES) {
    return t(clockOffset > 0 ? 'cameraClock.zoneAhead' : 'cameraClock.zoneBehind')
  }
  if (off < 1) {
    return t('cameraClock.right')
  }
  return t(clockOffset > 0 ? 'cameraClock.ahead' : 'cameraClock.behind', { span: offText(off) })
}

/** What is lost on the way of a stream, in words; empty where nobody counts it. */
export function lossText({ packets }: Pick<Stream, 'packets'>): string {
  if (!packets) {
    return ''
  }
  const { came, lost } = packets
  if (lost === 0) {
    return t('packetLoss.none')
  }
  const percent = (100 * lost) / (came + lost)
  return t('packetLoss.some', { n: lost, percent: percent < 0.01 ? '<0.01' : percent.toFixed(percent < 1 ? 2 : 1) })
}

/** As exact as it matters: a clock that was reset is years behind. */
function offText(seconds: number): string {
  if (seconds < 2 * MINUTE) {
    return t('cameraClock.seconds', { n: Math.round(seconds) })
  }
  return seconds < 2 * DAY ? span(seconds * 1_000) : t('cameraClock.days', { n: Math.round(seconds / DAY) })
}

/** The streams that a search finds: every word of it stands in the name, the device or the channel. */
export function matches(stream: Stream, search: string, deviceName = ''): boolean {
  const text = `${stream.name} ${deviceName} ${stream.deviceId ?? ''} ${stream.channelId ?? ''}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((part) => text.includes(part))
}

/** Whether its device is called over a protocol by which it can be spoken to and asked for what it recorded. */
export function isCalled({ sourceUrl }: Pick<Stream, 'sourceUrl'>): boolean {
  return /^(gb28181|jt1078):/.test(sourceUrl ?? '')
}
