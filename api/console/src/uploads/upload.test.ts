import { describe, expect, it } from 'vitest'
import { clockOff, percent, size } from './upload'

describe('an upload', () => {
  it('is whole only when its last byte has come', () => {
    expect(percent({ offset: 0, length: 3 })).toBe(0)
    expect(percent({ offset: 999, length: 1000 })).toBe(99)
    expect(percent({ offset: 1000, length: 1000 })).toBe(100)
  })

  it('has a size that can be read', () => {
    expect(size(0)).toBe('0 B')
    expect(size(1023)).toBe('1023 B')
    expect(size(1536)).toBe('1.5 KB')
    expect(size(200 * 1024 * 1024)).toBe('200 MB')
    expect(size(8 * 1024 ** 3)).toBe('8.0 GB')
  })

  it('says by how many seconds the clock was off', () => {
    expect(clockOff({})).toBe(0)
    expect(clockOff({ clockOffsetMillis: 300 })).toBe(0)
    expect(clockOff({ clockOffsetMillis: -61_200 })).toBe(-61)
  })
})
