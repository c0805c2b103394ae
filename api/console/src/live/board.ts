import type { DevicePulse, LivePosition } from './position'

/**
 * The live board: one last position for each device.
 *
 * A marker never moves backwards: an older fix is dropped when two sources race (a snapshot and a stream). A fix that
 * lies ahead of the time at which the incoming one was received came from a wrong clock, and yields at once, so that a
 * clock error cannot freeze a marker.
 */
export class Board {
  readonly positions = new Map<string, LivePosition>()

  /** Takes items of the stream; says whether anything changed. */
  merge(items: readonly LivePosition[]): boolean {
    let changed = false
    for (const item of items) {
      changed = this.put(item) || changed
    }
    return changed
  }

  /** Takes the full board that follows a subscription: devices it does not name are gone. */
  replace(items: readonly LivePosition[]): void {
    const named = new Set(items.map((item) => item.deviceId))
    for (const id of this.positions.keys()) {
      if (!named.has(id)) {
        this.positions.delete(id)
      }
    }
    this.merge(items)
  }

  /** Takes the state of connections; devices without a position are not on the board. */
  pulse(items: readonly DevicePulse[]): boolean {
    let changed = false
    for (const { id, online, lastSeen } of items) {
      const held = this.positions.get(id)
      if (held && (held.online !== online || held.lastSeen !== lastSeen)) {
        this.positions.set(id, { ...held, online, lastSeen })
        changed = true
      }
    }
    return changed
  }

  private put(item: LivePosition): boolean {
    const held = this.positions.get(item.deviceId)
    if (held && isBackwards(held, item)) {
      return false
    }
    this.positions.set(item.deviceId, item)
    return true
  }
}

function isBackwards(held: LivePosition, item: LivePosition): boolean {
  const heldFix = Date.parse(held.fixTime)
  return Date.parse(item.fixTime) < heldFix && heldFix <= Date.parse(item.receiveTime)
}
