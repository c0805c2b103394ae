import { describe, expect, it } from 'vitest'
import { qualityFor, type Failed } from './quality'

describe('the picture that is shown where one is wanted', () => {
  const two = { subSourceUrl: 'rtsp://10.0.0.8/sub' }
  const unplayable: Failed = { quality: 'main', why: 'unplayable' }
  const away: Failed = { quality: 'sub', why: 'offline' }

  it('is the wanted one where there is one', () => {
    expect(qualityFor(two, 'sub', [])).toBe('sub')
    expect(qualityFor(two, 'main', [])).toBe('main')
    expect(qualityFor({ subSourceUrl: null }, 'sub', [])).toBe('main')
  })

  it('is the smaller one where this browser does not decode the main one', () => {
    expect(qualityFor(two, 'main', [unplayable])).toBe('sub')
    expect(qualityFor({}, 'main', [unplayable])).toBe('main')
  })

  it('is the main one where the smaller one does not come, but not the other way round', () => {
    expect(qualityFor(two, 'sub', [away])).toBe('main')
    expect(qualityFor(two, 'main', [{ quality: 'main', why: 'offline' }])).toBe('main')
  })

  it('is the wanted one when both failed, so that it does not change for ever', () => {
    const both: Failed[] = [away, unplayable]
    expect(qualityFor(two, 'sub', both)).toBe('sub')
    expect(qualityFor(two, 'main', both)).toBe('main')
  })
})
