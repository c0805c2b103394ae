import { describe, expect, it } from 'vitest'
import { isDword, keysOf, keysRight, linkState } from './platform'

describe('the state of a link', () => {
  it('is what it is, not what it should be', () => {
    expect(linkState({ enabled: false, state: { connectedSince: '2026-11-22T04:00:00Z' } })).toBe('disabled')
    expect(linkState({ enabled: true, state: { connectedSince: '2026-11-22T04:00:00Z' } })).toBe('connected')
    expect(linkState({ enabled: true, state: {} })).toBe('never')
    expect(linkState({ enabled: true, state: { lastError: 'refused' } })).toBe('broken')
  })
})

describe('numbers of the standard', () => {
  it('are DWORDs', () => {
    expect(isDword('4294967295')).toBe(true)
    expect(isDword('4294967296')).toBe(false)
    expect(isDword('-1')).toBe(false)
    expect(isDword('0', 1)).toBe(false)
  })

  it('are three keys or none', () => {
    expect(keysOf({ m1: '', ia1: '', ic1: '' })).toBeNull()
    expect(keysOf({ m1: '10', ia1: '20', ic1: '30' })).toEqual({ m1: 10, ia1: 20, ic1: 30 })
    expect(keysRight({ m1: '10', ia1: '', ic1: '' })).toBe(false)
    expect(keysRight({ m1: '10', ia1: '20', ic1: 'x' })).toBe(false)
  })
})
