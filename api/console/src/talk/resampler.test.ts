import { describe, expect, it } from 'vitest'
import { Resampler } from './resampler'

function tone(rate: number, frequency: number, seconds: number): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * frequency * i) / rate))
}

/** Root mean square without the edges, which the kernel does not fill. */
function loudness(samples: Float32Array): number {
  const middle = samples.slice(100, -100)
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length)
}

describe('resampling', () => {
  it.each([48_000, 44_100, 16_000, 8_000])('keeps a voice from %i Hz as it is', (rate) => {
    const out = new Resampler(rate, 8_000).push(tone(rate, 440, 1))
    expect(out.length).toBeGreaterThan(7_900)
    expect(out.length).toBeLessThanOrEqual(8_000)
    expect(loudness(out)).toBeCloseTo(0.5 / Math.SQRT2, 2)
    const expected = tone(8_000, 440, 1)
    const worst = Math.max(...[...out.slice(100, 7_800)].map((sample, i) => Math.abs(sample - expected[i + 100]!)))
    expect(worst).toBeLessThan(0.01)
  })

  it('takes away what 8 kHz cannot hold', () => {
    expect(loudness(new Resampler(48_000, 8_000).push(tone(48_000, 6_000, 1)))).toBeLessThan(0.005)
  })

  it('gives the same however the sound is cut', () => {
    const sound = tone(44_100, 700, 0.5)
    const whole = new Resampler(44_100, 8_000).push(sound)
    const cut = new Resampler(44_100, 8_000)
    const parts: number[] = []
    for (let i = 0; i < sound.length; i += 128) {
      parts.push(...cut.push(sound.slice(i, i + 128)))
    }
    expect(parts).toEqual([...whole])
  })
})
