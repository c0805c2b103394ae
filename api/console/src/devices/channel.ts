/** A camera of a terminal; watched and changed as the stream that it is. */
export interface Channel {
  channel: number
  quality: 'main' | 'sub'
  streamId: string
  name: string
}

/** What a terminal says it has recorded itself. */
export interface StoredVideo {
  channel: number
  from: string
  to: string
  media: 'both' | 'sound' | 'picture'
  quality: 'main' | 'sub'
  store: 'main' | 'backup'
  bytes: number
  alarms: string
}

/** With one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}
