/** A press that is shorter than this, milliseconds, was a click: the button stays down until the next one. */
export const CLICK = 350

/** A button that speaks while it is held, or from one click to the next. */
export class Press {
  private downAt: number | null = null
  private on = false

  /** @returns what is to be done */
  down(now: number): 'start' | 'stop' | null {
    if (this.downAt !== null) {
      return null
    }
    if (this.on) {
      this.on = false
      return 'stop'
    }
    this.on = true
    this.downAt = now
    return 'start'
  }

  up(now: number): 'stop' | null {
    const held = this.downAt !== null && now - this.downAt >= CLICK
    this.downAt = null
    if (held && this.on) {
      this.on = false
      return 'stop'
    }
    return null
  }

  /** It ended by itself. */
  reset(): void {
    this.on = false
    this.downAt = null
  }
}
