import { describe, expect, it } from 'vitest'
import { retentionFaults } from './retention'

describe('own days of a stream', () => {
  it('are never fewer than the law asks for, whole, and need a reason', () => {
    expect(retentionFaults({ own: true, days: '29', reason: 'x' })).toEqual({ days: 'range' })
    expect(retentionFaults({ own: true, days: '30', reason: 'x' })).toEqual({})
    expect(retentionFaults({ own: true, days: '30.5', reason: 'x' })).toEqual({ days: 'range' })
    expect(retentionFaults({ own: true, days: '3651', reason: ' ' })).toEqual({ days: 'range', reason: 'missing' })
    expect(retentionFaults({ own: true, days: '', reason: 'x' })).toEqual({ days: 'range' })
  })

  it('need nothing where the days of the class hold', () => {
    expect(retentionFaults({ own: false, days: '', reason: '' })).toEqual({})
  })
})
