import { describe, expect, it } from 'vitest'
import { bar, byNeed, ofOne, type Quota } from './quota'

const QUOTA = { state: 'met', to: '2026-11-30' } as Quota

describe('quotas', () => {
  it('puts first what is behind, and of equals what ends earlier', () => {
    const rows: Quota[] = [
      { ...QUOTA, id: 'elsewhere', state: 'uncounted' },
      { ...QUOTA, id: 'month', state: 'on-pace' },
      { ...QUOTA, id: 'met' },
      { ...QUOTA, id: 'week', state: 'on-pace', to: '2026-11-22' },
      { ...QUOTA, id: 'behind', state: 'behind', to: '2026-12-31' },
    ]
    expect(rows.sort(byNeed).map(({ id }) => id)).toEqual(['behind', 'week', 'month', 'met', 'elsewhere'])
  })

  it('draws what is done beside the day of the period, and never beyond the end', () => {
    const bureau: Quota = { ...QUOTA, per: 'bureau', counted: 'inspections', squads: [] }
    expect(bar({ ...bureau, done: 5, due: 8, day: 16, days: 30 })).toEqual({ done: 62.5, pace: 50 })
    expect(bar({ ...bureau, done: 9, due: 8, day: 1, days: 30 })).toEqual({ done: 100, pace: 0 })
    expect(bar({ ...bureau, done: 0, due: 0, day: 1, days: 7 })).toEqual({ done: 100, pace: 0 })
  })

  it('says to a squad how many of its own are done, and to the district how many squads are', () => {
    const squad = { squadId: '1', squadName: '一中队', done: 1, state: 'behind' as const }
    const quota: Quota = { ...QUOTA, per: 'squad', counted: 'inspections', target: 2, done: 0, due: 1, squads: [squad] }
    expect(ofOne(quota)).toEqual({ done: 1, due: 2, ofSquads: false })
    expect(ofOne({ ...quota, due: 2, squads: [squad, { ...squad, squadId: '2' }] })).toEqual({ done: 0, due: 2, ofSquads: true })
  })
})
