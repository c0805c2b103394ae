import { describe, expect, it } from 'vitest'
import { startOfDay } from '../time/format'
import { barsOf, instantAt, LEAST, MONTH, neighbour, pan, reveal, shareOf, tickLabel, ticks, zoom } from './axisView'

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

  it('never leaves its limits and never shows less than a second', () => {
    expect(zoom(day, from, 4, day)).toEqual(day)
    let view = day
    for (let i = 0; i < 60; i++) {
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

  it('goes from a year to a second', () => {
    const year = { from: startOfDay('2025-11-22'), to: startOfDay('2026-11-22') }
    const wide = ticks(year, 1_000)
    expect(wide.step).toBe(MONTH)
    expect(wide.at.map((at) => tickLabel(wide.step, at)).slice(0, 3)).toEqual(['2025-12', '2026-01', '2026-02'])
    expect(ticks(year, 500).at.map((at) => tickLabel(MONTH, at))).toEqual(['2026-01', '2026-03', '2026-05', '2026-07', '2026-09', '2026-11'])
    const close = ticks({ from, to: from + LEAST }, 800)
    expect(close.at.map((at) => tickLabel(close.step, at))).toEqual(['00:00:00', '.1', '.2', '.3', '.4', '.5', '.6', '.7', '.8', '.9', '00:00:01'])
    expect([tickLabel(HOUR, from), tickLabel(HOUR, from + HOUR), tickLabel(24 * HOUR, from)]).toEqual(['11-22', '01:00', '11-22'])
  })

  it('shows no more bars than there are pixels, and every short one', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      from: new Date(from + i * 4_000).toISOString(),
      to: new Date(from + i * 4_000 + 1_000).toISOString(),
    }))
    expect(barsOf(many, day, 1_000).length).toBeLessThan(1_000)
    const single = barsOf([many[0]!, many[15_000]!], day, 1_000)
    expect(single.map(({ width }) => width)).toEqual([1, 1])
    expect(barsOf(many, { from: from + 24 * HOUR, to: from + 25 * HOUR }, 1_000)).toEqual([])
  })

  it('goes from mark to mark, past the one it stands at', () => {
    const marks = [1_000, 60_000, 120_000]
    expect([neighbour(marks, 60_000, 1), neighbour(marks, 60_000, -1)]).toEqual([120_000, 1_000])
    expect(neighbour(marks, 120_000, 1)).toBeUndefined()
  })
})
