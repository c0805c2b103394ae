import { contains } from './device'

/** What a device's catalogue lists: cameras, and what groups them; what is not known is absent. */
export interface Channel {
  code: string
  name: string
  kind: 'camera' | 'group' | 'other'
  /** Code of what it belongs to. */
  parent: string
  manufacturer?: string
  model?: string
  /** Absent when it does not say. */
  online?: boolean
  /** 1 to 7, 0 when it does not say. */
  ptz: number
  /** Its last whole catalogue has it. */
  listed: boolean
  /** Absent for what is no camera. */
  streamId?: string
  homePreset?: number
}

/** Channels by the code of what they belong to. */
export type Levels = ReadonlyMap<string, readonly Channel[]>

/** A channel in the tree as it is open now. */
export interface ChannelRow {
  channel: Channel
  /** Levels above it. */
  depth: number
}

/** Puts channels that were all read under what they belong to; what belongs to nothing listed stands at the top. */
export function levelsOf(channels: readonly Channel[], root: string): Levels {
  const codes = new Set(channels.map(({ code }) => code))
  const levels = new Map<string, Channel[]>()
  for (const channel of channels) {
    put(levels, codes.has(channel.parent) && channel.parent !== channel.code ? channel.parent : root, channel)
  }
  // Channels that belong to each other in a circle would be seen nowhere.
  const reached = new Set<string>()
  reach(levels, root, reached)
  for (const channel of channels) {
    if (!reached.has(channel.code)) {
      put(levels, root, channel)
      reached.add(channel.code)
      reach(levels, channel.code, reached)
    }
  }
  return levels
}

function put(levels: Map<string, Channel[]>, parent: string, channel: Channel): void {
  const level = levels.get(parent)
  if (level) {
    level.push(channel)
  } else {
    levels.set(parent, [channel])
  }
}

function reach(levels: Levels, from: string, reached: Set<string>): void {
  const next = [from]
  for (let code = next.pop(); code !== undefined; code = next.pop()) {
    for (const child of levels.get(code) ?? []) {
      if (!reached.has(child.code)) {
        reached.add(child.code)
        next.push(child.code)
      }
    }
  }
}

/** The rows of the tree from above to below; each channel once, however the device ties them. */
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

/** What a search finds, flat. */
export function found(channels: readonly Channel[], search: string): ChannelRow[] {
  return channels.filter(({ name, code }) => contains(`${name} ${code}`, search)).map((channel) => ({ channel, depth: 0 }))
}

/** A sign whose form says the state too: full, cross, ring. */
export function channelSign(online: boolean | undefined): { sign: string; tone: string } {
  if (online === undefined) {
    return { sign: '○', tone: 'muted' }
  }
  return online ? { sign: '●', tone: 'good' } : { sign: '✕', tone: 'critical' }
}
