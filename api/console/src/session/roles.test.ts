import { describe, expect, it } from 'vitest'
import { mayChange, maySee, ROLES, topicsFor } from './roles'

describe('roles', () => {
  it('keep positions and alerts from administrators and auditors', () => {
    for (const role of ['administrator', 'security-auditor', 'officer']) {
      expect([role, maySee([role], 'situation'), maySee([role], 'alerts')]).toEqual([role, false, false])
    }
    expect(topicsFor(['administrator'])).toEqual(['devices'])
    expect(topicsFor(['security-auditor'])).toEqual([])
  })

  it('keep pictures from administrators, who connect cameras, and from auditors', () => {
    expect(maySee(['administrator'], 'video')).toBe(false)
    expect(maySee(['security-auditor'], 'video')).toBe(false)
    expect(mayChange(['administrator'], 'edit-streams')).toBe(true)
    expect(mayChange(['administrator'], 'edit-zones')).toBe(false)
  })

  it('give the first user everything', () => {
    expect(topicsFor(ROLES)).toEqual(['positions', 'alerts', 'devices', 'posts'])
    expect(maySee(ROLES, 'audit') && mayChange(ROLES, 'decide-alerts')).toBe(true)
  })

  it('add up', () => {
    expect(maySee(['operator', 'security-auditor'], 'audit')).toBe(true)
    expect(maySee(['operator', 'security-auditor'], 'situation')).toBe(true)
  })
})
