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

  it('give tasks to those who ask, those who are asked, and nobody else', () => {
    const see = ROLES.filter((role) => maySee([role], 'tasks'))
    expect(see).toEqual(['operator', 'inspector', 'squad-leader', 'officer'])
    expect(ROLES.filter((role) => maySee([role], 'squad'))).toEqual(['squad-leader'])
  })

  it('let inspectors draw, legal reviewers read, and administrators neither', () => {
    expect([maySee(['inspector'], 'inspection'), mayChange(['inspector'], 'plan-draws')]).toEqual([true, true])
    expect([maySee(['legal-reviewer'], 'inspection'), mayChange(['legal-reviewer'], 'plan-draws')]).toEqual([true, false])
    expect(maySee(['administrator'], 'inspection')).toBe(false)
  })

  it('let operators and inspectors move cameras, operators alone keep presets, and administrators set devices up', () => {
    const may = (change: Parameters<typeof mayChange>[1]) => ROLES.filter((role) => mayChange([role], change))
    expect(may('move-cameras')).toEqual(['operator', 'inspector'])
    expect(may('set-presets')).toEqual(['operator'])
    expect(may('ask-catalogue')).toEqual(['operator', 'administrator'])
    expect(may('edit-gb28181')).toEqual(['administrator'])
    expect(may('order-gb28181')).toEqual(['operator', 'administrator'])
    expect(may('reboot-gb28181')).toEqual(['administrator'])
    expect(ROLES.filter((role) => maySee([role], 'gb28181'))).toEqual(['operator', 'inspector', 'squad-leader', 'administrator'])
  })

  it('add up', () => {
    expect(maySee(['operator', 'security-auditor'], 'audit')).toBe(true)
    expect(maySee(['operator', 'security-auditor'], 'situation')).toBe(true)
  })
})
