/** How fast recordings are played. */
export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const
export type Speed = (typeof SPEEDS)[number]

/** Pictures within so many milliseconds of the clock, at speed 1, are in step. */
export const IN_STEP = 60
/** Beyond so many, at speed 1, a picture is sent to the clock at once; nearer it is led there by its speed. */
export const SEEK_BEYOND = 1_000
/** Within this time of its own a picture comes back to the clock. */
const BACK_WITHIN = 2_000
/** A picture's speed differs by at most this share while it is led. */
const MOST_LED = 0.25
/** What browsers play. */
const SLOWEST = 0.0625
const FASTEST = 16

/**
 * The one clock that all pictures of a synchronised playback follow: an instant of recording that goes on with real time.
 * It knows no pictures; whoever owns it asks it for the time and holds it while pictures are not ready. Times are
 * milliseconds since 1970, `now` those of any clock that never goes back.
 */
export class PlayClock {
  private base: number
  private since = 0
  private going = false
  private held = false
  private rate: Speed = 1

  constructor(at: number) {
    this.base = at
  }

  get playing(): boolean {
    return this.going
  }

  get speed(): Speed {
    return this.rate
  }

  /** Whether it waits for pictures. */
  get waits(): boolean {
    return this.held
  }

  at(now: number): number {
    return this.going && !this.held ? this.base + (now - this.since) * this.rate : this.base
  }

  play(now: number): void {
    this.settle(now)
    this.going = true
  }

  pause(now: number): void {
    this.settle(now)
    this.going = false
  }

  seek(at: number, now: number): void {
    this.base = at
    this.since = now
  }

  setSpeed(speed: Speed, now: number): void {
    this.settle(now)
    this.rate = speed
  }

  /** Stands still although it plays, until all pictures are ready. */
  hold(held: boolean, now: number): void {
    if (held !== this.held) {
      this.settle(now)
      this.held = held
    }
  }

  private settle(now: number): void {
    this.base = this.at(now)
    this.since = now
  }
}

/** What brings a picture back into step: nothing but another speed, or a leap. */
export type Correction = { kind: 'rate'; rate: number } | { kind: 'seek' }

/**
 * @param drift milliseconds of recording that a picture is ahead of the clock; behind is negative
 */
export function correction(drift: number, speed: number): Correction {
  const scale = Math.max(1, speed)
  if (Math.abs(drift) > SEEK_BEYOND * scale) {
    return { kind: 'seek' }
  }
  const led = Math.abs(drift) <= IN_STEP * scale ? 0 : Math.min(MOST_LED, Math.max(-MOST_LED, -drift / (BACK_WITHIN * speed)))
  return { kind: 'rate', rate: Math.min(FASTEST, Math.max(SLOWEST, speed * (1 + led))) }
}
