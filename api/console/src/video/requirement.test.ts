import { describe, expect, it } from 'vitest'
import { daysText, removalOf, requirementText, validText, type Requirement } from './requirement'

const requirement = (more: Partial<Requirement>): Requirement => ({ id: '1', streamId: 's', source: 'camera-hours', version: 1, ...more })

describe('what has to be recorded, in words', () => {
  it('names days of the week as spans where they follow each other', () => {
    expect(daysText([1, 2, 3, 4, 5])).toBe('周一至周五')
    expect(daysText([7, 6, 2])).toBe('周二、周六、周日')
    expect(daysText([1, 3, 4, 5])).toBe('周一、周三至周五')
    expect(daysText([1, 2, 3, 4, 5, 6, 7])).toBe('每天')
    expect(daysText([])).toBe('每天')
  })

  it('says from when or until when hours count unless they hold now', () => {
    const now = Date.parse('2026-11-22T00:00:00Z')
    const hours = { days: [6, 7], startTime: '07:00', endTime: '19:00' }
    expect(validText(requirement({ ...hours, validFrom: '2026-11-01T00:00:00Z' }), now)).toBe('')
    expect(validText(requirement({ ...hours, validFrom: '2026-11-23T16:00:00Z' }), now)).toBe('2026-11-24 00:00 起')
    expect(validText(requirement({ ...hours, validFrom: '2026-11-01T00:00:00Z', validTo: '2026-11-23T16:00:00Z' }), now)).toBe(
      '至 2026-11-24 00:00',
    )
  })

  it('ends what holds, and calls a past period a mistake only soon after it was entered', () => {
    const now = Date.parse('2026-11-22T00:00:00Z')
    const past = { from: '2026-11-20T00:00:00Z', to: '2026-11-20T04:00:00Z' }
    expect(removalOf(requirement({ days: [1], made: '2026-01-01T00:00:00Z' }), now)).toBe('end')
    expect(removalOf(requirement({ ...past, to: '2026-11-22T01:00:00Z' }), now)).toBe('end')
    expect(removalOf(requirement({ ...past, made: '2026-11-21T01:00:00Z' }), now)).toBe('mistake')
    expect(removalOf(requirement({ ...past, made: '2026-11-20T23:00:00Z' }), now)).toBe('none')
  })

  it('tells hours of days, or a period in Beijing time', () => {
    expect(requirementText(requirement({ days: [6, 7], startTime: '07:00', endTime: '19:00' }))).toBe('周六、周日 07:00–19:00')
    expect(requirementText(requirement({ from: '2026-11-22T00:00:00Z', to: '2026-11-22T04:30:00Z' }))).toBe(
      '2026-11-22 08:00 – 2026-11-22 12:30',
    )
  })
})
