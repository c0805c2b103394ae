import { describe, expect, it } from 'vitest'
import { changesOf } from './changes'

describe('the changes of an audit entry', () => {
  it('name the fields that differ, without versions', () => {
    const changes = changesOf({ name: '甲', squadId: '1', version: 1 }, { name: '乙', squadId: '1', version: 2 })
    expect(changes.map(({ text }) => text)).toEqual(['name: 甲 → 乙'])
  })

  it('give everything of a new thing and of a deleted one', () => {
    expect(changesOf(null, { name: '甲' })[0]).toMatchObject({ before: undefined, after: '甲' })
    expect(changesOf({ name: '甲' }, null)[0]).toMatchObject({ before: '甲', after: undefined })
  })

  it('show plain values and nested ones', () => {
    expect(changesOf(300, 420)[0]?.text).toBe('value: 300 → 420')
    expect(changesOf(null, { roles: ['operator'] })[0]?.text).toBe('roles: ["operator"]')
  })
})
