import { PictureBuffer, REAL, type Browser } from './pictureBuffer'

/** What a viewer sees of a device's recording. */
export type DevicePhase =
  | { kind: 'connecting' }
  | { kind: 'playing' }
  | { kind: 'paused' }
  /** Nothing more comes, and why: `end`, `nothing-recorded`, `refused`, or what happened to the connection. */
  | { kind: 'ended'; reason: string; detail: string | null }
  | { kind: 'unplayable'; mime: string }
  /** The service closed the connection; 1013: the device plays for somebody else. */
  | { kind: 'lost'; code: number }

type Notice =
  | { mime: string; start: string }
  | { state: 'connecting' | 'playing' | 'paused' | 'ended'; speed: number; position: string; reason?: string; detail?: string }
  | { error: string }

/** Playing begins with so much in the buffer, in seconds at the single speed: devices send unevenly. */
const RESERVE = 0.4
/** Farther behind what has come than this, in seconds at the single speed, playing jumps. */
const MOST_BEHIND = 8

/**
 * Plays what a device recorded, which the service passes on as it comes, and tells the device to pause, to go somewhere
 * and to be faster. Lives on the page's own thread; a player that has ended is not begun again.
 */
export class DevicePlayer {
  private socket: WebSocket | null = null
  private readonly media: PictureBuffer
  private times = 1
  private resting = false
  private phase: DevicePhase = { kind: 'connecting' }

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly onPhase: (phase: DevicePhase) => void,
    /** What the device does not take. */
    private readonly onRefused: (detail: string) => void,
    private readonly browser: Browser = REAL,
  ) {
    this.media = new PictureBuffer(
      video,
      browser.mediaSource,
      () => this.follow(),
      () => this.become({ kind: 'ended', reason: 'overflow', detail: null }),
    )
  }

  play(): void {
    const socket = this.browser.open(this.url)
    socket.binaryType = 'arraybuffer'
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
      typeof data === 'string' ? this.hear(JSON.parse(data) as Notice) : this.media.push(new Uint8Array(data))
    socket.onopen = () => this.times !== 1 && this.send({ speed: this.times })
    socket.onclose = ({ code }: CloseEvent) => {
      this.socket = null
      if (this.phase.kind !== 'ended') {
        this.become({ kind: 'lost', code })
      }
    }
    this.socket = socket
  }

  /** Ends for good; no event follows. */
  stop(): void {
    const socket = this.socket
    this.socket = null
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    }
    this.media.clear()
  }

  pause(): void {
    this.resting = true
    this.video.pause()
    this.send({ pause: true })
  }

  resume(): void {
    this.resting = false
    this.send({ resume: true })
    this.follow()
  }

  speed(times: number): void {
    this.times = times
    this.resting = false
    this.send({ speed: times })
  }

  seek(at: number): void {
    this.resting = false
    this.send({ seek: new Date(at).toISOString() })
  }

  /** When what is on screen was recorded, milliseconds since 1970; null before there is anything. */
  instant(): number | null {
    return this.media.instant()
  }

  private send(order: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(order))
    }
  }

  private hear(notice: Notice): void {
    if ('mime' in notice) {
      this.begin(notice.mime, Date.parse(notice.start))
    } else if ('error' in notice) {
      this.onRefused(notice.error)
    } else if (notice.state === 'ended') {
      this.become({ kind: 'ended', reason: notice.reason ?? 'end', detail: notice.detail ?? null })
    } else {
      this.times = notice.speed
      this.rate()
      if (notice.reason === 'refused') {
        this.onRefused(notice.detail ?? '')
      }
      if (notice.state !== this.phase.kind && this.phase.kind !== 'unplayable') {
        this.become({ kind: notice.state })
      }
    }
  }

  private begin(mime: string, start: number): void {
    this.media.clear()
    if (this.browser.plays(mime)) {
      this.media.begin(mime, start)
    } else {
      this.become({ kind: 'unplayable', mime })
    }
  }

  /** Keeps playing within what has come, at the speed at which it comes. */
  private follow(): void {
    const buffered = this.media.ranges
    if (!buffered) {
      return
    }
    const first = buffered.start(buffered.length - 1)
    const end = buffered.end(buffered.length - 1)
    const current = this.video.currentTime
    if (current < first || current > end || end - current > MOST_BEHIND * this.times) {
      this.video.currentTime = Math.max(first, end - RESERVE * this.times - (current < first ? end - first : 0))
    }
    this.rate()
    if (!this.resting && this.video.paused && end - this.video.currentTime >= RESERVE * Math.min(1, this.times)) {
      void Promise.resolve(this.video.play()).catch(() => {})
    }
  }

  private rate(): void {
    if (this.video.playbackRate !== this.times) {
      this.video.playbackRate = this.times
    }
  }

  private become(phase: DevicePhase): void {
    this.phase = phase
    this.onPhase(phase)
  }
}
