import { describe, expect, it } from 'vitest'
import { answered, lasted } from './alarm'

const NOON = Date.parse('2026-11-22T12:00:00Z')

describe('how long an alarm lasted', () => {
  it('goes on while it is on', () => {
    expect(lasted({ from: '2026-11-22T11:58:30Z', to: '2026-11-22T11:59:00Z' }, NOON)).toBe(30_000)
    expect(lasted({ from: '2026-11-22T11:58:30Z' }, NOON)).toBe(90_000)
  })

  it('is never negative when the clock of the device is ahead', () => {
    expect(lasted({ from: '2026-11-22T12:00:05Z' }, NOON)).toBe(0)
  })
})

describe('the answer to a terminal', () => {
  it('is needed of some alarms only, and given when the terminal took it', () => {
    expect(answered({ confirmable: false })).toBe('needless')
    expect(answered({ confirmable: true })).toBe('not')
    expect(answered({ confirmable: true, told: 'queued' })).toBe('underway')
    expect(answered({ confirmable: true, told: 'done' })).toBe('told')
    expect(answered({ confirmable: true, told: 'expired' })).toBe('failed')
  })
})
