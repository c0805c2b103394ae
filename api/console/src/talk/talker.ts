import { instant } from '../time/clock'
import { MicrophoneRefused, openMicrophone, type Listener, type Microphone, type NoMicrophone } from './microphone'
import type { Outcome } from './shout'

/** What came of it for one loudspeaker. */
export interface Ended {
  outcome: Outcome
  /** In the words of the device or the service. */
  reason: string
  /** Who speaks to it, when it is somebody else. */
  holder: string
}

/** How far somebody is who speaks. */
export type TalkState =
  | { kind: 'idle' }
  /** The browser asks for leave to use the microphone. */
  | { kind: 'asking' }
  | { kind: 'calling' }
  /** Speak now: so many of the loudspeakers are open. */
  | { kind: 'open'; since: number; open: number }
  | { kind: 'refused'; why: NoMicrophone | 'lost' }
  /** The device or the service ended it. */
  | { kind: 'ended'; ended: Ended }

/** What the service says of one loudspeaker. */
interface Notice {
  stream: string
  state: 'calling' | 'open' | 'ended'
  outcome?: Outcome
  reason?: string
  holder?: { displayName: string }
}

/** The browser's parts, to be replaced in tests. */
export interface Parts {
  microphone(listener: Listener): Promise<Microphone>
  open(url: string): WebSocket
}

const REAL: Parts = { microphone: openMicrophone, open: (url) => new WebSocket(url) }

/** Bytes on their way: more is half a second late, and is not sent. */
const MOST_WAITING = 4_000

/**
 * Speaks to loudspeakers, from the microphone by way of the service, until it is stopped or ended. Owns microphone and
 * connection; of a call that is over nothing more is heard. Lives on the page's own thread.
 */
export class Talker {
  private microphone: Microphone | null = null
  private socket: WebSocket | null = null
  private readonly loudspeakers = new Map<string, Notice>()
  /** Grows with each call, so that what an old one still does is known as such. */
  private call = 0
  private state: TalkState = { kind: 'idle' }
  private since = 0

  constructor(
    private readonly onState: (state: TalkState) => void,
    private readonly onLevel: (level: number) => void,
    private readonly parts: Parts = REAL,
  ) {}

  /** The microphone comes first: nobody is called by somebody who cannot speak. */
  async start(url: string): Promise<void> {
    this.letGo()
    const mine = ++this.call
    this.become({ kind: 'asking' })
    let opened: Microphone
    try {
      opened = await this.parts.microphone({
        piece: (alaw) => mine === this.call && this.say(alaw),
        level: (level) => mine === this.call && this.onLevel(level),
        gone: () => mine === this.call && this.end({ kind: 'refused', why: 'none' }),
      })
    } catch (thrown) {
      if (mine === this.call) {
        this.end({ kind: 'refused', why: thrown instanceof MicrophoneRefused ? thrown.why : 'busy' })
      }
      return
    }
    if (mine !== this.call) {
      opened.close()
      return
    }
    this.microphone = opened
    this.become({ kind: 'calling' })
    this.connect(url, mine)
  }

  /** Stops; what was said until now is heard to its end. */
  stop(): void {
    if (this.state.kind !== 'idle') {
      this.end({ kind: 'idle' })
    }
  }

  private connect(url: string, mine: number): void {
    const socket = (this.socket = this.parts.open(url))
    socket.binaryType = 'arraybuffer'
    socket.onmessage = ({ data }: MessageEvent) => {
      if (mine === this.call && typeof data === 'string') {
        this.hear(JSON.parse(data) as Notice)
      }
    }
    socket.onclose = () => {
      if (mine === this.call) {
        this.end({ kind: 'refused', why: 'lost' })
      }
    }
  }

  private hear(notice: Notice): void {
    this.loudspeakers.set(notice.stream, notice)
    const all = [...this.loudspeakers.values()]
    const open = all.filter(({ state }) => state === 'open').length
    if (open > 0) {
      this.since ||= instant()
      this.become({ kind: 'open', since: this.since, open })
    } else if (all.every(({ state }) => state === 'ended')) {
      this.ended(notice)
    }
  }

  private ended({ outcome = 'refused', reason = '', holder }: Notice): void {
    this.end({ kind: 'ended', ended: { outcome, reason, holder: holder?.displayName ?? '' } })
  }

  private say(alaw: Uint8Array<ArrayBuffer>): void {
    if (this.state.kind === 'open' && this.socket && this.socket.bufferedAmount < MOST_WAITING) {
      this.socket.send(alaw)
    }
  }

  private end(state: TalkState): void {
    this.call++
    this.letGo()
    this.become(state)
  }

  private letGo(): void {
    this.microphone?.close()
    this.microphone = null
    this.socket?.close()
    this.socket = null
    this.loudspeakers.clear()
    this.since = 0
    this.onLevel(0)
  }

  private become(state: TalkState): void {
    this.state = state
    this.onState(state)
  }
}
