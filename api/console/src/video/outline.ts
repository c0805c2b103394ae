import { crossesItself } from '../map/geometry'

/** A corner in a picture: shares of its width and height, from the upper left. */
export type Corner = [number, number]

/** A polygon while it is drawn in a picture. */
export interface Outline {
  readonly corners: readonly Corner[]
  readonly closed: boolean
}

export const EMPTY: Outline = { corners: [], closed: false }
/** More corners than a zone ever needs. */
export const MOST_CORNERS = 60

/** A click: another corner, or the closing of the outline when it is on the first one. */
export function add(outline: Outline, corner: Corner, onFirst: boolean): Outline {
  if (outline.closed) {
    return outline
  }
  if (onFirst && outline.corners.length >= 3) {
    return { ...outline, closed: true }
  }
  return onFirst || outline.corners.length >= MOST_CORNERS
    ? outline
    : { ...outline, corners: [...outline.corners, inside(corner)] }
}

/** A double click closes. The two clicks it consists of have added the last corner, perhaps twice. */
export function close(outline: Outline, near: (a: Corner, b: Corner) => boolean): Outline {
  const corners = [...outline.corners]
  while (corners.length > 1 && near(corners.at(-1)!, corners.at(-2)!)) {
    corners.pop()
  }
  return corners.length >= 3 ? { corners, closed: true } : { ...outline, corners }
}

export function undo(outline: Outline): Outline {
  return outline.closed ? outline : { ...outline, corners: outline.corners.slice(0, -1) }
}

export function move(outline: Outline, index: number, corner: Corner): Outline {
  return { ...outline, corners: outline.corners.map((each, i) => (i === index ? inside(corner) : each)) }
}

/** A new corner in the middle of the edge that begins at a corner. */
export function split(outline: Outline, index: number): Outline {
  if (outline.corners.length >= MOST_CORNERS) {
    return outline
  }
  const corners = [...outline.corners]
  corners.splice(index + 1, 0, middles(outline)[index]!)
  return { ...outline, corners }
}

/** Takes a corner away; a closed outline keeps three. */
export function remove(outline: Outline, index: number): Outline {
  return outline.closed && outline.corners.length <= 3
    ? outline
    : { ...outline, corners: outline.corners.filter((_, i) => i !== index) }
}

/** The middles of the edges of a closed outline. */
export function middles({ corners, closed }: Outline): Corner[] {
  return closed
    ? corners.map(([x, y], i) => {
        const [nextX, nextY] = corners[(i + 1) % corners.length]!
        return [(x + nextX) / 2, (y + nextY) / 2]
      })
    : []
}

/** What is wrong with an outline as a zone. */
export function faultOf({ corners, closed }: Outline): 'open' | 'crosses' | null {
  if (!closed) {
    return 'open'
  }
  return crossesItself(corners.map(([x, y]) => [x, y])) ? 'crosses' : null
}

function inside([x, y]: Corner): Corner {
  const clamp = (value: number) => Math.min(1, Math.max(0, Math.round(value * 10_000) / 10_000))
  return [clamp(x), clamp(y)]
}
