import { describe, expect, it } from 'vitest'
import { grouped } from './fingerprint'

describe('a fingerprint', () => {
  it('is the first twenty digits in groups of four', () => {
    expect(grouped('0123456789abcdef'.repeat(4))).toBe('0123 4567 89ab cdef 0123')
    expect(grouped('')).toBe('')
  })
})
