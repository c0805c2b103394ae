import { describe, expect, it } from 'vitest'
import { itemNotes } from './items'

describe('additional items of a position', () => {
  it('are told in words and units', () => {
    expect(itemNotes({ fuel: 12.5, videoAlarms: ['signal-lost', 'covered'], areaCrossed: { kind: 'circle', area: 9, direction: 'out' } }))
      .toEqual(['油量 12.5 L', '视频报警 信号丢失 遮挡', '进出区域 圆形 9 出'])
  })

  it('name an alarm of the driver assistance by its state and type', () => {
    const driverState = { alarm: 2, state: 'start', type: 'fatigue', level: 2, fatigue: 7, latitude: 31.23 }
    expect(itemNotes({ driverState })).toEqual(['驾驶员状态 开始 疲劳'])
  })

  it('are left out where they say nothing or stand in a column of their own', () => {
    expect(itemNotes({ satellites: 12, mileage: 10, vehicleSignals: [], unheardOf: 1 })).toEqual([])
    expect(itemNotes(undefined)).toEqual([])
  })
})
