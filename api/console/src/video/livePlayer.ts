import { BACKOFF } from '../live/connection'
import { instant } from '../time/clock'
import { jumpTo, Pace } from './liveEdge'
import { PictureBuffer, REAL, type Browser } from './pictureBuffer'
import type { Quality } from './quality'
import type { StreamState } from './stream'

/** What a viewer sees of a live stream. */
export type Phase =
  | { kind: 'connecting' }
  | { kind: 'playing'; audio: boolean; quality: Quality }
  /** The service has no picture now, and says why. */
  | { kind: 'absent'; state: StreamState; since: number | null; cause: string | null; detail: string | null }
  /** This browser does not decode what the camera sends. */
  | { kind: 'unplayable'; mime: string }
  /** The connection to the service is gone and is being tried again. */
  | { kind: 'lost'; since: number }

/** What the service says in text between the fragments. */
type Notice =
  | { mime: string; start: string; quality?: Quality }
  | { state: StreamState; since?: string | null; cause?: string | null; detail?: string | null }

/** While pictures come, silence for this long means that the connection is dead, whatever the socket says. */
export const SILENCE = 12_000

/**
 * Plays one live stream in a video element: fragments come by WebSocket and go into a Media Source buffer, and playing
 * stays at the edge. It comes back by itself after every failure until it is stopped. Lives on the page's own thread.
 */
export class LivePlayer {
  private socket: WebSocket | null = null
  private readonly media: PictureBuffer
  /** A fragment has come since the service last said that there is no picture. */
  private fresh = false
  private audio = false
  /** Of what plays; a device that sends one picture only may change it while it is watched. */
  private quality: Quality = 'main'
  private tries = 0
  private wait: ReturnType<typeof setTimeout> | undefined
  private silence: ReturnType<typeof setTimeout> | undefined
  private stopped = true
  private phase: Phase = { kind: 'connecting' }
  private pace = new Pace()
  /** Pictures have moved since playing began or jumped; only then is standing still a stall. */
  private moving = false
  private readonly onError = () => this.lose()
  private readonly onPlaying = () => {
    this.moving = true
  }
  private readonly onWaiting = () => {
    if (this.moving) {
      this.moving = false
      this.pace.stalled()
    }
  }

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly onPhase: (phase: Phase) => void,
    private readonly browser: Browser = REAL,
  ) {
    this.media = new PictureBuffer(
      video,
      browser.mediaSource,
      () => this.follow(),
      () => this.lose(),
    )
  }

  play(): void {
    if (this.stopped) {
      this.stopped = false
      this.video.addEventListener('error', this.onError)
      this.video.addEventListener('playing', this.onPlaying)
      this.video.addEventListener('waiting', this.onWaiting)
      this.become({ kind: 'connecting' })
      this.connect()
    }
  }

  /** Ends for good; no event follows. */
  stop(): void {
    this.stopped = true
    clearTimeout(this.wait)
    this.video.removeEventListener('error', this.onError)
    this.video.removeEventListener('playing', this.onPlaying)
    this.video.removeEventListener('waiting', this.onWaiting)
    this.drop()
    this.clear()
  }

  /** Connects anew at once, when there is reason to believe that pictures come again. */
  retry(): void {
    if (!this.stopped && this.phase.kind !== 'playing') {
      clearTimeout(this.wait)
      this.drop()
      this.connect()
    }
  }

  /** Milliseconds from the service's receiving of what is on screen until now; null while that is not known. */
  delay(): number | null {
    const received = this.phase.kind === 'playing' ? this.media.instant() : null
    return received === null ? null : Math.max(0, instant() - received)
  }

  private connect(): void {
    const socket = this.browser.open(this.url)
    socket.binaryType = 'arraybuffer'
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => this.receive(data)
    socket.onclose = () => this.lose()
    this.socket = socket
    this.watch()
  }

  private receive(data: string | ArrayBuffer): void {
    this.watch()
    if (typeof data !== 'string') {
      this.fresh = this.media.push(new Uint8Array(data)) || this.fresh
      return
    }
    const notice = JSON.parse(data) as Notice
    this.tries = 0
    if ('mime' in notice) {
      this.clear()
      this.quality = notice.quality ?? 'main'
      this.begin(notice.mime, Date.parse(notice.start))
    } else if (notice.state !== 'live') {
      // Nothing is to come until the stream is back, so silence says nothing. The buffer is kept: a source that was
      // only silent goes on where it was, without another init segment.
      clearTimeout(this.silence)
      this.fresh = false
      const { state, since, cause, detail } = notice
      const from = since ? Date.parse(since) : null
      this.become({ kind: 'absent', state, since: from, cause: cause ?? null, detail: detail ?? null })
    } else if (this.phase.kind === 'absent') {
      this.become({ kind: 'connecting' })
    }
  }

  private begin(mime: string, start: number): void {
    if (!this.browser.plays(mime)) {
      this.become({ kind: 'unplayable', mime })
      return
    }
    this.audio = /mp4a|opus/.test(mime)
    this.media.begin(mime, start)
  }

  /** Keeps playing at the edge of what is buffered. */
  private follow(): void {
    const buffered = this.media.ranges
    if (!buffered) {
      return
    }
    const to = jumpTo(buffered, this.video.currentTime)
    if (to !== null) {
      this.moving = false
      this.video.currentTime = to
    }
    const rate = this.pace.rate(buffered.end(buffered.length - 1) - this.video.currentTime)
    if (this.video.playbackRate !== rate) {
      this.video.playbackRate = rate
    }
    if (this.video.paused) {
      // A browser that refuses to start leaves the first picture; the next fragment tries again.
      void Promise.resolve(this.video.play()).catch(() => {})
    }
    if (this.phase.kind !== 'playing' && this.fresh) {
      this.become({ kind: 'playing', audio: this.audio, quality: this.quality })
    }
  }

  private watch(): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.lose(), SILENCE)
  }

  private lose(): void {
    this.drop()
    this.clear()
    if (this.stopped) {
      return
    }
    if (this.phase.kind !== 'lost') {
      this.become({ kind: 'lost', since: instant() })
    }
    const base = BACKOFF[Math.min(this.tries, BACKOFF.length - 1)] ?? SILENCE
    this.tries += 1
    clearTimeout(this.wait)
    this.wait = setTimeout(() => this.connect(), base * (1 + Math.random() * 0.2))
  }

  private drop(): void {
    clearTimeout(this.silence)
    const socket = this.socket
    this.socket = null
    if (socket) {
      socket.onmessage = socket.onclose = null
      socket.close()
    }
  }

  /** Forgets the media that was playing. */
  private clear(): void {
    this.media.clear()
    this.pace = new Pace()
    this.moving = false
    this.fresh = false
  }

  private become(phase: Phase): void {
    this.phase = phase
    this.onPhase(phase)
  }
}
