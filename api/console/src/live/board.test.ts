import { describe, expect, it } from 'vitest'
import { Board } from './board'
import type { LivePosition } from './position'

function position(deviceId: string, fix: string, more: Partial<LivePosition> = {}): LivePosition {
  return {
    deviceId,
    name: deviceId,
    kind: 'vehicle-terminal',
    squadId: null,
    officerId: null,
    officerName: null,
    dutyId: null,
    presence: null,
    fixTime: `2026-11-21T${fix}Z`,
    receiveTime: `2026-11-21T${fix}Z`,
    longitude: 121.4,
    latitude: 31.2,
    valid: true,
    online: true,
    lastSeen: null,
    flags: [],
    ...more,
  }
}

describe('the live board', () => {
  it('takes a newer fix and says that something changed', () => {
    const board = new Board()
    board.merge([position('a', '10:00:00')])
    expect(board.merge([position('a', '10:00:05', { longitude: 121.5 })])).toBe(true)
    expect(board.positions.get('a')?.longitude).toBe(121.5)
  })

  it('never moves a marker backwards', () => {
    const board = new Board()
    board.merge([position('a', '10:00:05')])
    const late = position('a', '10:00:00', { receiveTime: '2026-11-21T10:00:06Z', longitude: 121.5 })
    expect(board.merge([late])).toBe(false)
    expect(board.positions.get('a')?.longitude).toBe(121.4)
  })

  it('takes a change of state that comes with the same fix', () => {
    const board = new Board()
    board.merge([position('a', '10:00:00', { presence: 'on-post' })])
    board.merge([position('a', '10:00:00', { presence: 'off-post' })])
    expect(board.positions.get('a')?.presence).toBe('off-post')
  })

  it('is not frozen by a fix from a clock that was ahead', () => {
    const board = new Board()
    board.merge([position('a', '18:00:00', { receiveTime: '2026-11-21T10:00:00Z', flags: ['future-time'] })])
    expect(board.merge([position('a', '10:00:10', { longitude: 121.5 })])).toBe(true)
    expect(board.positions.get('a')?.longitude).toBe(121.5)
  })

  it('drops devices that a snapshot does not name, and moves none of the others backwards', () => {
    const board = new Board()
    board.merge([position('a', '10:00:05'), position('b', '10:00:00')])
    board.replace([position('a', '10:00:00', { longitude: 121.5, receiveTime: '2026-11-21T10:00:06Z' })])
    expect([...board.positions.keys()]).toEqual(['a'])
    expect(board.positions.get('a')?.longitude).toBe(121.4)
  })

  it('takes connection states of devices on the board only', () => {
    const board = new Board()
    board.merge([position('a', '10:00:00')])
    const seen = '2026-11-21T10:01:00Z'
    expect(board.pulse([{ id: 'a', online: false, lastSeen: seen }, { id: 'x', online: true, lastSeen: seen }])).toBe(true)
    expect(board.pulse([{ id: 'a', online: false, lastSeen: seen }])).toBe(false)
    expect(board.positions.get('a')).toMatchObject({ online: false, lastSeen: seen })
    expect(board.positions.has('x')).toBe(false)
  })
})
