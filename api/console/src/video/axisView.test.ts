import { describe, expect, it } from 'vitest'
import { startOfDay } from '../time/format'
import { instantAt, LEAST, neighbour, pan, reveal, shareOf, ticks, zoom } from './axisView'

const HOUR = 3_600_000
const from = startOfDay('2026-11-22')
const day = { from, to: from + 24 * HOUR }

describe('a time axis', () => {
  it('keeps the instant under the pointer where it is while zooming', () => {
    const at = from + 9 * HOUR
    const near = zoom(day, at, 0.25, day)
    expect(near.to - near.from).toBe(6 * HOUR)
    expect(shareOf(near, at)).toBeCloseTo(shareOf(day, at), 9)
    expect(instantAt(near, shareOf(near, at))).toBeCloseTo(at, 3)
  })

  it('never leaves its limits and never shows less than a minute', () => {
    expect(zoom(day, from, 4, day)).toEqual(day)
    let view = day
    for (let i = 0; i < 40; i++) {
      view = zoom(view, from + HOUR, 0.5, day)
    }
    expect(view.to - view.from).toBe(LEAST)
    expect(pan(view, -24 * HOUR, day).from).toBe(from)
    expect(pan(view, 24 * HOUR, day).to).toBe(day.to)
  })

  it('moves only when what must be seen is out of view', () => {
    const view = { from, to: from + HOUR }
    expect(reveal(view, from + 1000, day)).toBe(view)
    expect(shareOf(reveal(view, from + 5 * HOUR, day), from + 5 * HOUR)).toBe(0.5)
  })

  it('has ticks at round times of Beijing, with room for their labels', () => {
    expect(ticks(day, 720)).toEqual({ step: 4 * HOUR, at: [0, 4, 8, 12, 16, 20, 24].map((hour) => from + hour * HOUR) })
    const close = ticks({ from: from + 7_000, to: from + 67_000 }, 720)
    expect(close.step).toBe(10_000)
    expect(close.at[0]).toBe(from + 10_000)
  })

  it('goes from mark to mark, past the one it stands at', () => {
    const marks = [1_000, 60_000, 120_000]
    expect([neighbour(marks, 60_000, 1), neighbour(marks, 60_000, -1)]).toEqual([120_000, 1_000])
    expect(neighbour(marks, 120_000, 1)).toBeUndefined()
  })
})
