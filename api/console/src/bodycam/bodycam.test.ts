import { describe, expect, it } from 'vitest'
import { acts, curve, remarks, type CameraState, type Custody } from './bodycam'

const T = Date.parse('2026-11-20T00:00:00Z')
const at = (minutes: number) => new Date(T + minutes * 60_000).toISOString()

describe('a body camera', () => {
  const low = {
    onDuty: true,
    battery: { percent: 10, at: at(0), mark: 'warning' },
    storage: { free: 1, total: 2, at: at(0), mark: 'warning' },
  } as CameraState

  it('is remarked on only while its holder is on duty', () => {
    expect(remarks(low)).toEqual(['battery', 'space'])
    expect(remarks({ ...low, onDuty: false })).toEqual([])
    expect(remarks({ ...low, battery: { ...low.battery, mark: 'unknown' } })).toEqual(['space'])
  })

  it('keeps what it said until it says more', () => {
    const points = [{ at: 5, value: 50 }, { at: 0, value: 100 }, { at: 20, value: 1 }]
    expect(curve(points, 0, 10, 100)).toEqual({ path: 'M0.0000 0.0000H0.5000V0.5000h0', most: 100, last: 50 })
    expect(curve([], 0, 10)).toBeNull()
    expect(curve([{ at: 3, value: 0 }], 0, 10)?.path).toBe('M0.3000 1.0000h0')
  })
})

describe('the history of the desk', () => {
  const custody = (id: string, from: number, to: number | null): Custody => ({
    id, deviceId: 'd', deviceName: 'd', officerId: 'o', officerName: 'o', from: at(from), to: to === null ? null : at(to), version: 1,
  })

  it('has both ends of a custody, the latest first, and neither what is too old nor what lies ahead', () => {
    const list = acts([custody('1', -90, 10), custody('2', 5, null), custody('3', 8, 500)], T - 3_600_000, T + 3_600_000)
    expect(list.map(({ key }) => key)).toEqual(['1-return', '3-issue', '2-issue'])
  })
})
