import { describe, expect, it } from 'vitest'
import { maySee } from '../session/roles'
import { ADMIN_PAGES, adminPages, pageAt, shelves } from './pages'

const of = (...roles: string[]) => adminPages((area) => maySee(roles, area))

describe('pages of 管理', () => {
  it('stand in groups for who sees many, each exactly once', () => {
    const found = shelves(of('administrator', 'security-auditor'))
    expect(found.map(({ group }) => group)).toEqual(['access', 'people', 'rules', 'proof', 'system'])
    expect(found.flatMap(({ pages }) => pages)).toEqual([...ADMIN_PAGES])
  })

  it('stand in one row for who sees few', () => {
    expect(shelves(of('security-auditor'))).toEqual([])
    expect(of('security-auditor').map(({ area }) => area)).toEqual(['audit', 'view-log', 'roots', 'tokens'])
  })

  it('leave out groups of which nothing is seen', () => {
    expect(shelves(of('administrator')).find(({ group }) => group === 'people')?.pages).toHaveLength(2)
    expect(shelves(ADMIN_PAGES.filter(({ group }) => group !== 'rules')).map(({ group }) => group)).not.toContain('rules')
  })

  it('are found by what is opened from them', () => {
    expect(pageAt(ADMIN_PAGES, '/devices/jt808-1')?.area).toBe('devices')
    expect(pageAt(ADMIN_PAGES, '/admin/rules')?.area).toBe('rules')
    expect(pageAt(ADMIN_PAGES, '/video')).toBeUndefined()
  })
})
