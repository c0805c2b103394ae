/** For tests: pieces of fragmented MP4, and the browser's side of a media buffer, by hand. */

export function box(type: string, ...content: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
  const body = content.flatMap((part) => [...part])
  const bytes = new Uint8Array(8 + body.length)
  new DataView(bytes.buffer).setUint32(0, bytes.length)
  bytes.set([...type].map((letter) => letter.charCodeAt(0)), 4)
  bytes.set(body, 8)
  return bytes
}

const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const trak = (id: number, scale: number) =>
  box('trak', box('tkhd', u32(0), u32(0), u32(0), u32(id)), box('mdia', box('mdhd', u32(0), u32(0), u32(0), u32(scale))))
/** Of two tracks: 1 of 90,000 ticks a second, 2 of 8,000. */
export const init: Uint8Array<ArrayBuffer> = new Uint8Array([...box('ftyp', u32(0)), ...box('moov', box('mvhd', u32(0)), trak(1, 90_000), trak(2, 8_000))])

/** One that the service received at an instant, which stands at some ticks of its track. */
export function fragment(track: number, millis: number, ticks: number): Uint8Array<ArrayBuffer> {
  const seconds = Math.floor(millis / 1000) + 2_208_988_800
  const fraction = ((millis % 1000) / 1000) * 2 ** 32
  const prft = box('prft', [1, 0, 0, 0], u32(track), u32(seconds), u32(fraction), u32(Math.floor(ticks / 2 ** 32)), u32(ticks % 2 ** 32))
  return new Uint8Array([...prft, ...box('moof'), ...box('mdat')])
}

/** Takes one piece at a time, and is done when the test says so. */
export class FakeBuffer extends EventTarget {
  mode = ''
  updating = false
  taken: string[] = []
  removed: [number, number][] = []
  stretch: [number, number] | null = null
  refuse: Error | null = null

  get buffered() {
    const { stretch } = this
    return { length: stretch ? 1 : 0, start: () => stretch![0], end: () => stretch![1] }
  }

  appendBuffer(part: Uint8Array) {
    if (this.refuse) {
      throw this.refuse
    }
    this.updating = true
    this.taken.push(new TextDecoder().decode(part.subarray(0, 16)))
  }

  remove(from: number, to: number) {
    this.updating = true
    this.removed.push([from, to])
  }

  done(stretch: [number, number] | null = this.stretch) {
    this.updating = false
    this.stretch = stretch
    this.dispatchEvent(new Event('updateend'))
  }
}

export class FakeSource extends EventTarget {
  readonly buffer = new FakeBuffer()
  mime = ''

  addSourceBuffer(mime: string) {
    this.mime = mime
    return this.buffer
  }
}
