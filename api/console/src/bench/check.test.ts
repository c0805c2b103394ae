import { describe, expect, it } from 'vitest'
import { percentOf, subjectOf, typedPoints, type Check, type CheckItem } from './check'

const item = (points: number, given: number | null): CheckItem => ({
  position: 1,
  group: '着装',
  text: '制式服装',
  points,
  given,
  notApplicable: given === null,
  version: 1,
})

describe('a check', () => {
  it('scores what was given of what applied', () => {
    expect(percentOf([item(10, 8), item(5, 5), item(15, 7.5)])).toBe(68.33)
    expect(percentOf([item(10, 5), item(90, null)])).toBe(50)
    expect(percentOf([item(10, null)])).toBeNull()
  })

  it('takes points in steps of a half up to full marks', () => {
    expect(typedPoints('7.5', 10)).toBe(7.5)
    expect(typedPoints('0', 10)).toBe(0)
    for (const wrong of ['', '11', '0.3', '..', '-1']) {
      expect(typedPoints(wrong, 10), wrong).toBeNull()
    }
  })

  it('is named for what it is about, or for the whole squad', () => {
    expect(subjectOf({ officerName: '李某', postName: '东门' } as Check)).toBe('李某')
    expect(subjectOf({ postName: '东门' } as Check)).toBe('东门')
    expect(subjectOf({} as Check)).toBe('整个中队')
  })
})
