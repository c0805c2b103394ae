import { describe, expect, it } from 'vitest'
import { megabytes } from './channel'

describe('the size of a recording', () => {
  it('has one decimal', () => {
    expect(megabytes(75_000_000)).toBe('75.0')
    expect(megabytes(49_999)).toBe('0.0')
    expect(megabytes(4_294_967_295)).toBe('4295.0')
  })
})
