/** What a device's catalogue lists: cameras, and what groups them; what is not known is absent. */
export interface Channel {
  code: string
  name: string
  kind: 'camera' | 'group' | 'loudspeaker' | 'other'
  /** Code of what it stands under in the tree: another channel, or the device. */
  under: string
  /** Others stand under it. */
  children: boolean
  manufacturer?: string
  model?: string
  /** Absent when it does not say. */
  online?: boolean
  /** 1 to 7, 0 when it does not say. */
  ptz: number
  /** Its last whole catalogue has it. */
  listed: boolean
  /** Absent for what is neither camera nor loudspeaker. */
  streamId?: string
  homePreset?: number
}

/** Channels by the code of what they stand under, as far as they were read. */
export type Levels = ReadonlyMap<string, readonly Channel[]>

/** A channel in the tree as it is open now. */
export interface ChannelRow {
  channel: Channel
  /** Levels above it. */
  depth: number
}

/** The rows of the tree from above to below; each channel once, also while a level is older than another. */
export function rowsOf(levels: Levels, open: ReadonlySet<string>, root: string): ChannelRow[] {
  const rows: ChannelRow[] = []
  const seen = new Set<string>()
  function add(parent: string, depth: number): void {
    for (const channel of levels.get(parent) ?? []) {
      if (!seen.has(channel.code)) {
        seen.add(channel.code)
        rows.push({ channel, depth })
        if (open.has(channel.code)) {
          add(channel.code, depth + 1)
        }
      }
    }
  }
  add(root, 0)
  return rows
}

/** Rows that are in the page: those in sight and some on either side, whatever their number. */
export interface Span {
  from: number
  to: number
}

/** Rows beyond either edge, so that scrolling shows no empty place. */
const MARGIN = 20

/** @param height of a row, {@code view} of what is in sight, {@code top} scrolled away; pixels */
export function spanOf(rows: number, height: number, view: number, top: number): Span {
  const first = Math.min(Math.max(0, Math.floor(top / height)), rows)
  const from = Math.max(0, first - MARGIN)
  return { from, to: Math.min(rows, first + Math.ceil(view / height) + MARGIN) }
}

/** A sign whose form says the state too: full, cross, ring. */
export function channelSign(online: boolean | undefined): { sign: string; tone: string } {
  if (online === undefined) {
    return { sign: '○', tone: 'muted' }
  }
  return online ? { sign: '●', tone: 'good' } : { sign: '✕', tone: 'critical' }
}
