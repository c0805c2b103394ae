import { describe, expect, it } from 'vitest'
import type { LivePosition } from '../live/position'
import { legendOf, markerShape, markerState, markerTone } from './appearance'

function position(more: Partial<LivePosition>): LivePosition {
  return { kind: 'body-camera', presence: null, online: true, heading: null, ...more } as LivePosition
}

describe('a marker', () => {
  it('is an arrow for a vehicle that has a heading and a diamond for one that has none', () => {
    expect(markerShape(position({ kind: 'vehicle-terminal', heading: 0 }))).toBe('arrow')
    expect(markerShape(position({ kind: 'vehicle-terminal' }))).toBe('diamond')
  })

  it('is a dot for somebody on duty, a ring for somebody off it, a square for what stands', () => {
    expect(markerShape(position({ presence: 'on-post' }))).toBe('dot')
    expect(markerShape(position({}))).toBe('ring')
    expect(markerShape(position({ kind: 'camera' }))).toBe('square')
  })

  it.each([
    ['on-post', 'good'],
    ['late', 'warning'],
    ['off-post', 'critical'],
    ['unknown', 'unknown'],
    ['on-task', 'neutral'],
  ] as const)('says %s in the tone %s', (presence, tone) => {
    expect(markerTone(position({ presence }))).toBe(tone)
  })

  it('is grey when its device is offline, but stays red for somebody who was off post', () => {
    expect(markerTone(position({ presence: 'on-post', online: false }))).toBe('unknown')
    expect(markerState(position({ presence: 'off-post', online: false }))).toBe('off-post')
  })

  it('is counted once in the legend, and empty states are left out', () => {
    const legend = legendOf([
      position({ presence: 'on-post' }),
      position({ presence: 'on-post' }),
      position({ presence: 'off-post' }),
      position({}),
      position({ kind: 'vehicle-terminal' }),
      position({ kind: 'vehicle-terminal', online: false }),
      position({ kind: 'camera' }),
    ])
    expect(legend.map(({ key, count }) => `${key} ${count}`)).toEqual([
      'presence.on-post 2',
      'presence.off-post 1',
      'legend.offDuty 1',
      'legend.vehicles 1',
      'legend.offlineVehicles 1',
      'legend.others 1',
    ])
  })
})
