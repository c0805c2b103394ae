import { describe, expect, it } from 'vitest'
import { instantOf, mediaOf, type Piece } from './playback'

const T = Date.parse('2026-11-22T01:00:00Z')
/** Two minutes, a hole of an hour, another minute. */
const pieces: Piece[] = [
  { start: 0, duration: 60, programDateTime: T },
  { start: 60, duration: 60, programDateTime: T + 60_000 },
  { start: 120, duration: 60, programDateTime: T + 3_720_000 },
]

describe('playing back', () => {
  it('knows when what it shows was recorded, also behind a hole', () => {
    expect(instantOf(pieces, 30)).toBe(T + 30_000)
    expect(instantOf(pieces, 120)).toBe(T + 3_720_000)
    expect(instantOf(pieces, 150.5)).toBe(T + 3_750_500)
    expect(instantOf([], 0)).toBeNull()
  })

  it('finds an instant, and behind a hole what comes next', () => {
    expect(mediaOf(pieces, T + 90_000)).toBe(90)
    expect(mediaOf(pieces, T + 1_000_000)).toBe(120)
    expect(mediaOf(pieces, T - 5_000)).toBe(0)
    expect(mediaOf(pieces, T + 9_000_000)).toBeNull()
  })

  it('is the same way there and back', () => {
    for (const media of [0, 59.9, 60, 119, 121, 179]) {
      expect(mediaOf(pieces, instantOf(pieces, media)!)).toBeCloseTo(media, 6)
    }
  })
})
