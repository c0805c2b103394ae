/**
 * What the console reads of fragmented MP4 (ISO/IEC 14496-12): the ticks a second of each track, and the clock of the
 * service that each fragment carries. Everything else is the browser's.
 */

/** From 1900, where NTP counts from, to 1970, in seconds. */
const NTP_OFFSET = 2_208_988_800

/** At this place on the media's timeline stands what the service received at that instant. */
export interface ProducerTime {
  /** Seconds on the media's timeline. */
  media: number
  /** Milliseconds since 1970 UTC, by the clock of the service. */
  received: number
}

/** Ticks a second by track, of an init segment (8.4.2, `mdhd`); empty when it is none. */
export function timescales(init: Uint8Array): Map<number, number> {
  const found = new Map<number, number>()
  const moov = children(init, 0, init.length).find(({ type }) => type === 'moov')
  for (const trak of moov ? children(init, moov.from, moov.to).filter(({ type }) => type === 'trak') : []) {
    const parts = children(init, trak.from, trak.to)
    const tkhd = parts.find(({ type }) => type === 'tkhd')
    const mdia = parts.find(({ type }) => type === 'mdia')
    const mdhd = mdia && children(init, mdia.from, mdia.to).find(({ type }) => type === 'mdhd')
    if (tkhd && mdhd) {
      const view = viewOf(init)
      // Version 1 has 64-bit times before the number that is looked for.
      const id = view.getUint32(tkhd.from + (view.getUint8(tkhd.from) === 1 ? 20 : 12))
      const scale = view.getUint32(mdhd.from + (view.getUint8(mdhd.from) === 1 ? 20 : 12))
      found.set(id, scale)
    }
  }
  return found
}

/** The producer time of a fragment (8.16.5, `prft`); null when it has none or its track is not known. */
export function producerTime(fragment: Uint8Array, scales: ReadonlyMap<number, number>): ProducerTime | null {
  const prft = children(fragment, 0, fragment.length).find(({ type }) => type === 'prft')
  if (!prft) {
    return null
  }
  const view = viewOf(fragment)
  const version = view.getUint8(prft.from)
  const scale = scales.get(view.getUint32(prft.from + 4))
  if (!scale || prft.to - prft.from < (version === 1 ? 24 : 20)) {
    return null
  }
  const seconds = view.getUint32(prft.from + 8) - NTP_OFFSET
  const parts = view.getUint32(prft.from + 12) / 2 ** 32
  const ticks = version === 1 ? Number(view.getBigUint64(prft.from + 16)) : view.getUint32(prft.from + 16)
  return { media: ticks / scale, received: (seconds + parts) * 1000 }
}

interface Box {
  type: string
  /** Where its content begins and ends. */
  from: number
  to: number
}

/** The boxes in a stretch of bytes; ends at the first that does not fit. */
function children(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = viewOf(bytes)
  const boxes: Box[] = []
  let at = from
  while (at + 8 <= to) {
    const size = view.getUint32(at)
    if (size < 8 || at + size > to) {
      break
    }
    boxes.push({ type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), from: at + 8, to: at + size })
    at += size
  }
  return boxes
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
