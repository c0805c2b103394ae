import type Hls from 'hls.js'
import type { ErrorData } from 'hls.js'
import { address } from '../http/client'
import { Problem } from '../http/problem'
import { t } from '../i18n'
import { problemText } from '../i18n/problem'
import { instantOf, mediaOf, type Piece } from './playback'
import { codecName, streamPath, type Stream } from './stream'

/** A picture lasts so long until it was measured, milliseconds: the 25 a second that cameras here send. */
const USUAL_FRAME = 40

/** Why nothing is played. */
export interface Failure {
  text: string
  /** Nothing was recorded in the period; that is no fault. */
  empty: boolean
}

/** The recording of a stream in a period in a video element, whose place is an instant. Lives on the page's own thread. */
export class RecordingPlayer {
  private hls: Hls | null = null
  private recovered = false
  private opening = 0
  private frameLength = USUAL_FRAME
  private lastFrame: number | null = null
  private watching = 0

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly onReady: () => void,
    private readonly onFailure: (failure: Failure) => void,
  ) {}

  async open(stream: Stream, purpose: string, from: number, to: number): Promise<void> {
    this.close()
    const mine = this.opening
    // Most who use the console never play a recording.
    const { default: Player } = await import('hls.js/light')
    if (mine !== this.opening) {
      return
    }
    if (!Player.isSupported()) {
      this.onFailure({ text: t('video.unplayable', { codec: codecName(stream.codec) || 'MP4' }), empty: false })
      return
    }
    const made = new Player({
      // The pieces are MP4 already; there is nothing to be remade in a worker.
      enableWorker: false,
      maxBufferLength: 30,
      backBufferLength: 60,
      xhrSetup: (request) => request.setRequestHeader('X-Purpose', encodeURIComponent(purpose)),
    })
    this.hls = made
    this.recovered = false
    made.once(Player.Events.LEVEL_LOADED, () => this.onReady())
    made.on(Player.Events.ERROR, (_event, data) => this.fail(data, stream))
    made.attachMedia(this.video)
    const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    made.loadSource(address(streamPath(stream.id, '/playlist.m3u8'), query))
    this.measure()
  }

  /** Ends for good or until it is opened again; the browser's media of it is let go. */
  close(): void {
    this.opening += 1
    if (this.watching !== 0) {
      this.video.cancelVideoFrameCallback(this.watching)
      this.watching = 0
    }
    this.hls?.destroy()
    this.hls = null
  }

  /** When what is on screen was recorded; null before there is anything. */
  instant(): number | null {
    return instantOf(this.pieces(), this.video.currentTime)
  }

  /** Goes to an instant; in a hole, to what comes after it. Where that is, or null when nothing was recorded from then on. */
  seek(to: number): number | null {
    const media = mediaOf(this.pieces(), to)
    if (media === null) {
      return null
    }
    this.video.currentTime = media
    return instantOf(this.pieces(), media) ?? to
  }

  /** Whether the period's playlist has something recorded at an instant. */
  covers(at: number): boolean {
    return this.pieces().some(
      ({ programDateTime, duration }) => programDateTime !== null && programDateTime <= at && at < programDateTime + duration * 1000,
    )
  }

  /** How long a picture lasts, milliseconds, as measured. */
  get frame(): number {
    return this.frameLength
  }

  private pieces(): readonly Piece[] {
    return this.hls?.levels[0]?.details?.fragments ?? []
  }

  /** Pictures one after the other say how long one lasts; a leap says nothing. */
  private measure(): void {
    if (!('requestVideoFrameCallback' in this.video)) {
      return
    }
    const next = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      const between = this.lastFrame === null ? 0 : (mediaTime - this.lastFrame) * 1000
      this.lastFrame = mediaTime
      if (between >= 10 && between <= 200 && this.video.playbackRate <= 1) {
        this.frameLength = between
      }
      this.watching = this.video.requestVideoFrameCallback(next)
    }
    this.watching = this.video.requestVideoFrameCallback(next)
  }

  private fail(data: ErrorData, stream: Stream): void {
    if (!data.fatal) {
      return
    }
    const codecs = /codec/i.test(data.details)
    if (data.type === 'mediaError' && !this.recovered && !codecs) {
      this.recovered = true
      this.hls?.recoverMediaError()
      return
    }
    if (codecs) {
      const codec = codecName(stream.codec) || 'H.265'
      const hint = t(codec === 'H.265' ? 'video.unplayable265' : 'video.unplayableHint')
      this.onFailure({ text: `${t('video.unplayable', { codec })} ${hint}`, empty: false })
    } else if (data.details === 'levelEmptyError' || data.details === 'manifestParsingError' || data.response?.code === 404) {
      this.onFailure({ text: t('playback.none'), empty: true })
    } else {
      this.onFailure({ text: problemText(new Problem(data.response?.code ?? 0, {})), empty: false })
    }
  }
}
