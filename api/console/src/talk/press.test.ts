import { describe, expect, it } from 'vitest'
import { CLICK, Press } from './press'

describe('the talk button', () => {
  it('speaks while it is held', () => {
    const press = new Press()
    expect(press.down(0)).toBe('start')
    expect(press.up(CLICK + 1000)).toBe('stop')
    expect(press.down(5000)).toBe('start')
  })

  it('stays down after a click until the next', () => {
    const press = new Press()
    expect(press.down(0)).toBe('start')
    expect(press.up(CLICK - 1)).toBeNull()
    expect(press.down(9000)).toBe('stop')
    expect(press.up(9001)).toBeNull()
    expect(press.down(9500)).toBe('start')
  })

  it('does not begin again while it is down', () => {
    const press = new Press()
    press.down(0)
    expect(press.down(30)).toBeNull()
  })

  it('begins anew after a call that ended by itself', () => {
    const press = new Press()
    press.down(0)
    press.up(10)
    press.reset()
    expect(press.down(100)).toBe('start')
  })
})
