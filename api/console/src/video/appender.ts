/** A buffer holds this many seconds behind what plays; older is removed. */
export const KEEP = 30
/** Removed in pieces of this many seconds, not a little with every fragment. */
const PIECE = 10
/** Bytes that wait for the buffer; more means that the browser does not keep up. */
export const MOST_WAITING = 8 * 1024 * 1024

/**
 * Feeds a {@link SourceBuffer}, which takes one thing at a time: what comes meanwhile waits in a bounded queue, and what
 * is long past is removed. Owned by one {@link LivePlayer}; used on the page's own thread.
 */
export class Appender {
  private readonly waiting: Uint8Array<ArrayBuffer>[] = []
  private bytes = 0
  private readonly onIdle = () => this.idle()

  /**
   * @param played where playing is, in seconds of the media's timeline
   * @param onAppended called when something has been taken in
   * @param onOverflow called once when the buffer takes nothing more; the owner begins anew
   */
  constructor(
    private readonly buffer: SourceBuffer,
    private readonly played: () => number,
    private readonly onAppended: () => void,
    private readonly onOverflow: () => void,
  ) {
    buffer.addEventListener('updateend', this.onIdle)
  }

  push(part: Uint8Array<ArrayBuffer>): void {
    this.waiting.push(part)
    this.bytes += part.byteLength
    if (this.bytes > MOST_WAITING) {
      this.fail()
      return
    }
    this.next()
  }

  stop(): void {
    this.buffer.removeEventListener('updateend', this.onIdle)
    this.waiting.length = 0
    this.bytes = 0
  }

  private idle(): void {
    this.onAppended()
    this.next()
  }

  private next(): void {
    if (this.buffer.updating || this.removeOld(KEEP)) {
      return
    }
    const part = this.waiting[0]
    if (!part) {
      return
    }
    try {
      this.buffer.appendBuffer(part)
    } catch (thrown) {
      // Full: what is past goes at once, and the same part is tried again; when nothing is past, all begins anew.
      if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError' && this.removeOld(1)) {
        return
      }
      this.fail()
      return
    }
    this.waiting.shift()
    this.bytes -= part.byteLength
  }

  /** Starts to remove what lies farther back than some seconds; false when there is nothing worth it. */
  private removeOld(seconds: number): boolean {
    const { buffered } = this.buffer
    if (buffered.length === 0) {
      return false
    }
    const first = buffered.start(0)
    const until = this.played() - seconds
    if (until - first < (seconds === KEEP ? PIECE : 0.5)) {
      return false
    }
    this.buffer.remove(first, until)
    return true
  }

  private fail(): void {
    this.stop()
    this.onOverflow()
  }
}
