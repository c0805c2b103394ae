import { describe, expect, it } from 'vitest'
import { Problem } from '../http/problem'
import { t } from '../i18n'
import { freeNumber, isMovable, MOST_PRESETS, ptzText } from './ptz'
import type { Stream } from '../video/stream'

const stream = (sourceUrl?: string) => ({ sourceUrl }) as Stream

describe('a camera that may be moved', () => {
  it('is one of GB/T 28181', () => {
    expect(isMovable(stream('gb28181:34020000001320000001/34020000001310000001'))).toBe(true)
    expect(isMovable(stream('rtsp://192.0.2.1/gb28181:'))).toBe(false)
    expect(isMovable(stream())).toBe(false)
  })
})

describe('the number of a new preset', () => {
  it('is the lowest that is free', () => {
    expect(freeNumber([])).toBe(1)
    expect(freeNumber([{ number: 1 }, { number: 3 }])).toBe(2)
    expect(freeNumber(Array.from({ length: MOST_PRESETS }, (_, index) => ({ number: index + 1 })))).toBeNull()
  })
})

describe('why a camera does not do it', () => {
  it('names who holds it', () => {
    const holder = { username: 'zhang', displayName: '张某', until: '2026-11-22T04:00:00Z' }
    expect(ptzText(new Problem(409, { holder }))).toBe(t('ptz.inUse', { who: '张某' }))
  })

  it('tells a silent device from one that refuses', () => {
    const silent = t('ptz.silent')
    expect(ptzText(new Problem(502, { detail: 'the device does not do it: no answer in time' }))).toBe(silent)
    expect(ptzText(new Problem(502, { detail: 'the device does not do it: 408 Request Timeout' }))).toBe(silent)
    expect(ptzText(new Problem(502, { detail: 'the device does not do it: 403 Forbidden' }))).toBe(
      t('ptz.refused', { why: '403 Forbidden' }),
    )
  })

  it('says of a fixed camera that it is one', () => {
    const errors = [{ field: 'pan', message: 'cannot be: the device says that this camera is fixed' }]
    expect(ptzText(new Problem(400, { errors }))).toBe(t('ptz.fixed'))
  })
})
