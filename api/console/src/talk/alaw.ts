/** ITU-T G.711 A-law: a sample from -1 to 1 as sign, three bits of segment and four of step, every second bit inverted. */
export function alaw(sample: number): number {
  const scaled = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)))
  const positive = scaled >= 0
  const magnitude = (positive ? scaled : ~scaled) >> 3
  const segment = Math.max(0, 32 - Math.clz32(magnitude) - 5)
  const step = (magnitude >> Math.max(1, segment)) & 0xf
  return ((positive ? 0x80 : 0) | (segment << 4) | step) ^ 0x55
}

/** Each sample as a byte. */
export function encode(samples: Float32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(samples, alaw)
}
