import { describe, expect, it } from 'vitest'
import { drawnAngle } from './cameraLayer'

describe('the field of view of a camera on the map', () => {
  it('is drawn in steps, the usual one when it is not known', () => {
    expect([drawnAngle(62), drawnAngle(70), drawnAngle(null), drawnAngle(undefined)]).toEqual([60, 75, 60, 60])
  })

  it('is never nothing and never more than all around', () => {
    expect([drawnAngle(1), drawnAngle(360), drawnAngle(900)]).toEqual([15, 360, 360])
  })
})
