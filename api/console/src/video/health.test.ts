import { describe, expect, it } from 'vitest'
import { course, faultText, measureText, type HealthSample } from './health'

const sample = (second: number, more: Partial<HealthSample>): HealthSample => ({
  at: new Date(1_795_000_000_000 + second * 1000).toISOString(),
  light: 'day',
  brightness: 100,
  ...more,
})

describe('the health of a camera', () => {
  it('names what lasts and not what is over', () => {
    const since = '2026-11-22T08:00:00Z'
    const faults = [
      { kind: 'blurred', since },
      { kind: 'black', since, until: '2026-11-22T09:00:00Z' },
    ]
    expect(faultText(faults)).toBe('画面模糊')
    expect(faultText([])).toBe('')
  })

  it('writes measures in their units', () => {
    expect(measureText('sharpness', 0.204)).toBe('20 %')
    expect(measureText('brightness', 99.6)).toBe('100')
    expect(measureText('rate', 12.49)).toBe('12.5')
    expect(measureText('kept', null)).toBe('–')
  })

  it('draws a course from left to right within its box', () => {
    const samples = [0, 10, 20].map((second, i) => sample(second, { kept: [1, 0, 0.5][i]! }))
    expect(course(samples, 'kept', 1)).toEqual(['0.0000,0.0000 0.5000,1.0000 1.0000,0.5000'])
    expect(course(samples, 'brightness', 50)).toEqual(['0.0000,0.0000 0.5000,0.0000 1.0000,0.0000'])
  })

  it('leaves a hole where nothing was measured', () => {
    const kept = [1, 1, null, 0.5, 0.5]
    const samples = kept.map((value, i) => sample(i, { kept: value }))
    expect(course(samples, 'kept', 1)).toHaveLength(2)
    expect(course([], 'kept', 1)).toEqual([])
  })
})
