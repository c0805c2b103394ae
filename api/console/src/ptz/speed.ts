/** How fast a camera is to turn: -1 to 1, to the right and up. */
export interface Turn {
  pan: number
  tilt: number
}

export const STILL: Turn = { pan: 0, tilt: 0 }

/** Within this share of the pad's radius nothing turns: the middle is where a finger rests. */
export const DEAD = 0.25
const SLOWEST = 0.1
/** Of an arrow key, which has no travel. */
const KEY_SPEED = 0.5
const EIGHTH = Math.PI / 4

/**
 * What a pointer on the pad asks for: the nearest of eight directions, faster the further out. Speeds have one decimal,
 * so that a hand that trembles asks for the same again.
 *
 * @param dx from the middle to the right, pixels
 * @param dy from the middle down, pixels
 * @param radius of the pad, pixels
 */
export function turnAt(dx: number, dy: number, radius: number): Turn {
  const out = radius > 0 ? Math.hypot(dx, dy) / radius : 0
  if (out < DEAD) {
    return STILL
  }
  const speed = Math.round(Math.min(1, Math.max(SLOWEST, (out - DEAD) / (1 - DEAD))) * 10) / 10
  const eighth = Math.round(Math.atan2(-dy, dx) / EIGHTH)
  // Of a diagonal both parts are about 0.7, of a straight direction one is about 0.
  const part = (share: number): number => (Math.abs(share) < 0.5 ? 0 : Math.sign(share) * speed)
  return { pan: part(Math.cos(eighth * EIGHTH)), tilt: part(Math.sin(eighth * EIGHTH)) }
}

/** What the arrow keys that are down ask for; two make a diagonal, opposite ones nothing. */
export function turnOf(keys: ReadonlySet<string>, fast: boolean): Turn {
  const speed = fast ? 1 : KEY_SPEED
  const along = (more: string, less: string): number => ((keys.has(more) ? 1 : 0) - (keys.has(less) ? 1 : 0)) * speed
  return { pan: along('ArrowRight', 'ArrowLeft'), tilt: along('ArrowUp', 'ArrowDown') }
}
