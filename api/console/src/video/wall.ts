/** How many pictures a wall shows. */
export const LAYOUTS = [1, 4, 9, 16] as const
export type Layout = (typeof LAYOUTS)[number]

/** A video wall: its cells in reading order, each with the id of a stream or empty. */
export interface Wall {
  layout: Layout
  /** As many as the layout has. */
  cells: readonly (string | null)[]
}

const EMPTY_LAYOUT: Layout = 4

/** A wall as an address holds it: `layout=4&cells=a,,b`. Anything else in it is an empty wall of four. */
export function readWall(layout: unknown, cells: unknown): Wall {
  const size = LAYOUTS.find((each) => String(each) === layout) ?? EMPTY_LAYOUT
  const ids = typeof cells === 'string' ? cells.split(',').map((id) => decodeURIComponent(id) || null) : []
  return resized(size, ids)
}

/** What the address holds of a wall; nothing for what is as it would be without. */
export function writeWall({ layout, cells }: Wall): { layout?: string; cells?: string } {
  const ids = cells.map((id) => encodeURIComponent(id ?? '')).join(',').replace(/,+$/, '')
  return { layout: layout === EMPTY_LAYOUT ? undefined : String(layout), cells: ids || undefined }
}

/** The same wall in another layout; when it gets smaller, pictures move up into cells that were empty. */
export function withLayout(wall: Wall, layout: Layout): Wall {
  const { cells } = wall
  return resized(layout, layout < cells.length ? cells.filter((id) => id !== null) : cells)
}

/** Puts a stream into a cell. A stream is shown once: when it is on the wall already, the two cells change places. */
export function place(wall: Wall, cell: number, id: string): Wall {
  const cells = [...wall.cells]
  const before = cells.indexOf(id)
  if (before >= 0) {
    cells[before] = cells[cell] ?? null
  }
  cells[cell] = id
  return { ...wall, cells }
}

/** Puts several streams into a cell and those that follow it, as many as there are cells for. */
export function placeAll(wall: Wall, cell: number, ids: readonly string[]): Wall {
  return ids.slice(0, wall.cells.length).reduce((next, id, i) => place(next, (cell + i) % wall.cells.length, id), wall)
}

/** Cells change places, one of which may be empty. */
export function swap(wall: Wall, one: number, other: number): Wall {
  const cells = [...wall.cells]
  cells[one] = wall.cells[other] ?? null
  cells[other] = wall.cells[one] ?? null
  return { ...wall, cells }
}

/** The cell beside another one in the direction of an arrow key; itself at the edge, and null for any other key. */
export function beside({ layout }: Wall, cell: number, key: string): number | null {
  const across = Math.sqrt(layout)
  const column = cell % across
  switch (key) {
    case 'ArrowLeft':
      return column === 0 ? cell : cell - 1
    case 'ArrowRight':
      return column === across - 1 ? cell : cell + 1
    case 'ArrowUp':
      return cell < across ? cell : cell - across
    case 'ArrowDown':
      return cell >= layout - across ? cell : cell + across
    default:
      return null
  }
}

/** A wall of streams in order, the rest of its cells empty. */
export function wallOf(layout: Layout, streams: readonly (string | null)[]): Wall {
  return resized(layout, streams)
}

export function clear(wall: Wall, cell: number): Wall {
  return { ...wall, cells: wall.cells.map((id, i) => (i === cell ? null : id)) }
}

/** The cell that a click on a camera fills: the chosen one, else the first that is empty, else the last. */
export function target({ cells }: Wall, chosen: number | null): number {
  if (chosen !== null && chosen < cells.length) {
    return chosen
  }
  const free = cells.indexOf(null)
  return free >= 0 ? free : cells.length - 1
}

function resized(layout: Layout, ids: readonly (string | null)[]): Wall {
  const seen = new Set<string>()
  const cells = Array.from({ length: layout }, (_, i) => {
    const id = ids[i] ?? null
    if (id === null || seen.has(id)) {
      return null
    }
    seen.add(id)
    return id
  })
  return { layout, cells }
}
