/** Zero crossings of the kernel to each side, in samples of the slower rate. */
const CROSSINGS = 16
/** Of the slower rate's half: what lies above must not fold back into what is heard. */
const PASS = 0.92

/** A low-pass of the length of the kernel, 1 in the middle: sinc under a Hann window. */
function kernel(at: number): number {
  if (Math.abs(at) >= CROSSINGS) {
    return 0
  }
  const x = Math.PI * at * PASS
  return (at === 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos((Math.PI * at) / CROSSINGS))
}

/**
 * Brings sound from one rate to another, piece by piece: what comes out is the same however the sound is cut. It is
 * half a kernel late (2 ms at 8 kHz).
 */
export class Resampler {
  /** Samples that the kernel may still need, from {@link first} on. */
  private held = new Float32Array(0)
  private first = 0
  /** Of the next sample that comes out. */
  private next = 0
  private readonly ratio: number
  /** Input samples for one of the slower rate. */
  private readonly scale: number

  /** @param from samples a second, as `to` */
  constructor(from: number, to: number) {
    this.ratio = from / to
    this.scale = Math.max(1, this.ratio)
  }

  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    const all = new Float32Array(this.held.length + samples.length)
    all.set(this.held)
    all.set(samples, this.held.length)
    const reach = CROSSINGS * this.scale
    const end = this.first + all.length
    const out: number[] = []
    for (let at = this.next * this.ratio; at + reach < end; at = ++this.next * this.ratio) {
      out.push(this.sample(all, at, reach))
    }
    const keep = Math.max(this.first, Math.floor(this.next * this.ratio - reach))
    this.held = all.slice(keep - this.first)
    this.first = keep
    return Float32Array.from(out)
  }

  private sample(all: Float32Array, at: number, reach: number): number {
    const from = Math.max(this.first, Math.ceil(at - reach))
    const to = Math.floor(at + reach)
    let sum = 0
    let weight = 0
    for (let i = from; i <= to; i++) {
      const k = kernel((i - at) / this.scale)
      sum += k * all[i - this.first]!
      weight += k
    }
    return weight === 0 ? 0 : sum / weight
  }
}
