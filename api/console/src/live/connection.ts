/** What the service sends on the live channel. */
export interface LiveMessage {
  topic: string
  items?: unknown[]
  /** True for the full picture that answers a subscription; others hold what changed. */
  snapshot?: boolean
  /** The server's time, with a heartbeat. */
  at?: string
}

export interface LinkState {
  /** `connecting` until the first connection or failure; `lost` from then on whenever nothing arrives. */
  status: 'connecting' | 'live' | 'lost'
  /** When the present status began, milliseconds; for `lost` the moment of the last message. */
  since: number
}

export interface ConnectionEvents {
  onMessage(message: LiveMessage): void
  onState(state: LinkState): void
}

/** No message for this long means that the connection is lost, whatever the socket says (contract: 15 s heartbeats). */
export const SILENCE = 30_000
/** The waits between tries, milliseconds; the last one repeats. */
export const BACKOFF = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const

/**
 * One live connection that comes back by itself: exponential waits with up to 20 % of jitter, and a watch on silence,
 * because a socket through a dead proxy stays open for many minutes.
 */
export class LiveConnection {
  private socket: WebSocket | null = null
  private tries = 0
  private silence: ReturnType<typeof setTimeout> | undefined
  private wait: ReturnType<typeof setTimeout> | undefined
  private lastMessage = 0
  private stopped = true
  private state: LinkState = { status: 'connecting', since: Date.now() }

  constructor(
    private readonly url: string,
    private readonly subscription: object,
    private readonly events: ConnectionEvents,
    private readonly open: (url: string) => WebSocket = (address) => new WebSocket(address),
  ) {}

  start(): void {
    if (this.stopped) {
      this.stopped = false
      this.connect()
    }
  }

  /** Closes for good; no event follows. */
  stop(): void {
    this.stopped = true
    clearTimeout(this.wait)
    this.drop()
  }

  /** Tries at once instead of waiting, when the browser says that the network is back. */
  retryNow(): void {
    if (!this.stopped && this.state.status !== 'live') {
      clearTimeout(this.wait)
      this.drop()
      this.connect()
    }
  }

  private connect(): void {
    const socket = this.open(this.url)
    this.socket = socket
    socket.onopen = () => socket.send(JSON.stringify(this.subscription))
    socket.onmessage = (event: MessageEvent) => this.receive(String(event.data))
    socket.onclose = () => this.lose()
    this.watch()
  }

  private receive(text: string): void {
    const message = JSON.parse(text) as LiveMessage
    this.lastMessage = Date.now()
    this.tries = 0
    this.watch()
    if (this.state.status !== 'live') {
      this.become({ status: 'live', since: this.lastMessage })
    }
    this.events.onMessage(message)
  }

  private watch(): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.lose(), SILENCE)
  }

  private lose(): void {
    this.drop()
    if (this.stopped) {
      return
    }
    if (this.state.status !== 'lost') {
      this.become({ status: 'lost', since: this.lastMessage || Date.now() })
    }
    const base = BACKOFF[Math.min(this.tries, BACKOFF.length - 1)] ?? SILENCE
    this.tries += 1
    this.wait = setTimeout(() => this.connect(), base * (1 + Math.random() * 0.2))
  }

  private drop(): void {
    clearTimeout(this.silence)
    const socket = this.socket
    this.socket = null
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    }
  }

  private become(state: LinkState): void {
    this.state = state
    this.events.onState(state)
  }
}
