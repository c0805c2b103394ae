import { problemOf } from '../http/problem'

/** What a camera is told; it goes on until it is told another, all 0 stops. Speeds are -1 to 1. */
export type Motion = { pan: number; tilt: number; zoom: number } | { focus: number; iris: number }

/** Between two motions, milliseconds: four a second at most. */
export const GAP = 250
/** A motion that is held is told again this often, milliseconds; the service ends one that it hears no more of after 10 s. */
export const RENEW = 4000
/** A stop waits this long for the answer to what was told before, milliseconds, and is then sent beside it as well. */
export const PATIENCE = 500
/** So often is a stop tried that the service or the device did not take. */
const TRIES = 3

const REST = { pan: 0, tilt: 0, zoom: 0 } as const
const LENS_REST = { focus: 0, iris: 0 } as const

function restOf(motion: Motion): Motion {
  return 'focus' in motion ? LENS_REST : REST
}

function same(a: Motion, b: Motion): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Answers that say that the camera did not move and that a stop would be answered in the same way. */
function isRefused(thrown: unknown): boolean {
  return [400, 404, 409].includes(problemOf(thrown).status)
}

/**
 * Tells one camera what a hand asks for: one call at a time and in order, of many motions the latest, and after every
 * motion that may have reached the camera its stop. It owns what is under way; nothing is told after {@link end} but stops.
 */
export class Mover {
  private wanted: Motion | null = null
  /** The last motion sent, until its stop is owed. */
  private told: Motion | null = null
  private owed: Motion[] = []
  private busy = false
  private ended = false
  /** After a failure nothing is tried until the hand lets go. */
  private blocked = false
  private sentAt = -RENEW
  private timer: ReturnType<typeof setTimeout> | undefined
  private impatience: ReturnType<typeof setTimeout> | undefined

  /**
   * @param send tells the camera; throws when it was not taken
   * @param failed is given what was thrown
   */
  constructor(
    private readonly send: (motion: Motion) => Promise<unknown>,
    private readonly failed: (thrown: unknown) => void,
  ) {}

  /** Moves so from now on; the same again is no news, all 0 stops. */
  go(motion: Motion): void {
    if (same(motion, restOf(motion))) {
      this.stop()
    } else if (!this.ended && !this.blocked && !(this.wanted && same(this.wanted, motion))) {
      if (this.told && !same(restOf(this.told), restOf(motion))) {
        this.owe()
      }
      this.wanted = motion
      this.pump()
    }
  }

  /** Stops whatever moves: at once, or as soon as the camera answered what it was told before. */
  stop(): void {
    this.wanted = null
    this.blocked = false
    clearTimeout(this.timer)
    this.owe()
    this.pump()
  }

  /** Stops as the page goes away: what would wait for an answer is sent beside it, as nothing is sent later. */
  leave(): void {
    this.stop()
    this.owed.forEach((rest) => void this.send(rest).catch(() => undefined))
  }

  /** Stops for good. */
  end(): void {
    this.ended = true
    this.stop()
  }

  private owe(): void {
    if (!this.told) {
      return
    }
    const rest = restOf(this.told)
    this.told = null
    this.owed.push(rest)
    if (this.busy) {
      clearTimeout(this.impatience)
      // An answer that takes so long must not keep the camera turning; the stop in its turn follows all the same.
      this.impatience = setTimeout(() => this.owed.includes(rest) && void this.send(rest).catch(() => undefined), PATIENCE)
    }
  }

  private pump(): void {
    if (this.busy) {
      return
    }
    const rest = this.owed.shift()
    if (rest) {
      void this.run(() => this.rest(rest))
    } else if (this.wanted) {
      const wanted = this.wanted
      const news = !this.told || !same(this.told, wanted)
      const wait = this.sentAt + (news ? GAP : RENEW) - Date.now()
      clearTimeout(this.timer)
      if (wait > 0) {
        this.timer = setTimeout(() => this.pump(), wait)
      } else {
        this.told = wanted
        this.sentAt = Date.now()
        void this.run(() => this.move(wanted))
      }
    }
  }

  private async run(call: () => Promise<void>): Promise<void> {
    this.busy = true
    await call()
    this.busy = false
    this.pump()
  }

  private async move(motion: Motion): Promise<void> {
    try {
      await this.send(motion)
    } catch (thrown) {
      // Nothing is left to stop when the hand has let go meanwhile; then the next press is a new try.
      this.blocked = this.wanted !== null
      this.wanted = null
      if (isRefused(thrown)) {
        this.told = null
        this.owed = []
      } else {
        // It may have reached the camera although no answer came.
        this.owe()
      }
      this.failed(thrown)
    }
  }

  private async rest(rest: Motion): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.send(rest)
        return
      } catch (thrown) {
        if (isRefused(thrown) || tries === TRIES) {
          this.failed(thrown)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, GAP))
      }
    }
  }
}
