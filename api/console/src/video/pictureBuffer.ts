import { Appender } from './appender'
import { producerTime, timescales, type ProducerTime } from './fragments'

/** The browser's parts, to be replaced in tests. */
export interface Browser {
  open(url: string): WebSocket
  plays(mime: string): boolean
  mediaSource(): MediaSource
}

export const REAL: Browser = {
  open: (url) => new WebSocket(url),
  plays: (mime) => 'MediaSource' in window && MediaSource.isTypeSupported(mime),
  mediaSource: () => new MediaSource(),
}

/**
 * What a video element plays of that which comes piece by piece: an init segment, then fragments, which may come before
 * the Media Source is open. Knows when the service received what is on screen. Owned by one player; used on the page's
 * own thread.
 */
export class PictureBuffer {
  private source: MediaSource | null = null
  /** Of the source, until it is open; an address that is never given back would keep the source for ever. */
  private address: string | null = null
  private buffer: SourceBuffer | null = null
  private appender: Appender | null = null
  /** What came before the source was open. */
  private early: Uint8Array<ArrayBuffer>[] = []
  private scales = new Map<number, number>()
  private awaitsInit = false
  private reference: ProducerTime | null = null
  /** When the first picture was received, milliseconds since 1970, as the service said. */
  private start: number | null = null

  /**
   * @param onAppended called when something has been taken in
   * @param onOverflow called once when nothing more is taken in; the owner begins anew or ends
   */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly mediaSource: () => MediaSource,
    private readonly onAppended: () => void,
    private readonly onOverflow: () => void,
  ) {}

  /** Forgets what was there and waits for an init segment of a type that the browser plays. */
  begin(mime: string, start: number): void {
    this.clear()
    this.awaitsInit = true
    this.start = start
    const source = this.mediaSource()
    this.source = source
    this.address = URL.createObjectURL(source)
    source.addEventListener(
      'sourceopen',
      () => {
        if (this.source === source) {
          this.giveBack()
          this.opened(source, mime)
        }
      },
      { once: true },
    )
    this.video.src = this.address
  }

  /** Takes the next piece; whether it was a fragment that will be shown. */
  push(part: Uint8Array<ArrayBuffer>): boolean {
    if (!this.source) {
      return false
    }
    const init = this.awaitsInit
    if (init) {
      this.awaitsInit = false
      this.scales = timescales(part)
    } else {
      this.reference = producerTime(part, this.scales) ?? this.reference
    }
    if (this.appender) {
      this.appender.push(part)
    } else {
      this.early.push(part)
    }
    return !init
  }

  /** What is there to be played, in seconds of the media's timeline; null before the first piece. */
  get ranges(): TimeRanges | null {
    return this.buffer && this.buffer.buffered.length > 0 ? this.buffer.buffered : null
  }

  /** When what is on screen was received, milliseconds since 1970; the start before it is known, null before that. */
  instant(): number | null {
    return this.reference ? this.reference.received + (this.video.currentTime - this.reference.media) * 1000 : this.start
  }

  /** Forgets the media; an old picture must not pass for a new one. */
  clear(): void {
    this.appender?.stop()
    this.appender = null
    this.buffer = null
    this.early = []
    this.reference = null
    this.start = null
    this.awaitsInit = false
    this.giveBack()
    if (this.source) {
      this.source = null
      this.video.removeAttribute('src')
      this.video.load()
    }
  }

  private opened(source: MediaSource, mime: string): void {
    const buffer = source.addSourceBuffer(mime)
    buffer.mode = 'segments'
    this.buffer = buffer
    this.appender = new Appender(
      buffer,
      () => this.video.currentTime,
      () => this.appended(),
      () => this.onOverflow(),
    )
    const waiting = this.early
    this.early = []
    waiting.forEach((part) => this.appender?.push(part))
  }

  private appended(): void {
    const { ranges } = this
    if (ranges) {
      // Without producer times, what was said of the first picture must do.
      this.reference ??= this.start === null ? null : { media: ranges.start(0), received: this.start }
      this.onAppended()
    }
  }

  private giveBack(): void {
    if (this.address !== null) {
      URL.revokeObjectURL(this.address)
      this.address = null
    }
  }
}
