import { describe, expect, it } from 'vitest'
import { offset, STEP, tileWidth } from './watermark'

describe('the watermark', () => {
  it('stands still for a step and is elsewhere in the next', () => {
    expect(offset(10 * STEP)).toEqual(offset(11 * STEP - 1))
    for (let i = 0; i < 1_000; i++) {
      const one = offset(i * STEP)
      const next = offset((i + 1) * STEP)
      expect(Math.abs(one.x - next.x)).toBeGreaterThan(0.2)
    }
  })

  it('comes to every part of a tile within some minutes, so that no cover hides it', () => {
    const start = Date.parse('2026-11-22T04:00:00Z')
    const parts = new Set<string>()
    for (let at = start; at < start + 5 * 60_000; at += STEP) {
      const { x, y } = offset(at)
      parts.add(`${Math.floor(x * 4)},${Math.floor(y * 4)}`)
    }
    expect(parts.size).toBe(16)
  })

  it('leaves room for a Chinese name', () => {
    expect(tileWidth('王')).toBeGreaterThan(tileWidth('w'))
  })
})
