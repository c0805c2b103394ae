import { describe, expect, it } from 'vitest'
import { bySquad, listed, monthOf, periodText, spanOf } from './draw'

describe('a draw', () => {
  it('has a period of whole days in Beijing, the last one included', () => {
    const { from, to } = spanOf('2026-11-01', '2026-11-30')
    expect([from, to]).toEqual(['2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z'])
    expect(periodText(from, to)).toBe('2026-11-01 – 2026-11-30')
    expect(periodText('2026-10-31T16:00:00Z', '2026-11-30T15:00:00Z')).toBe('2026-11-01 00:00:00 – 2026-11-30 23:00:00')
  })

  it('is of this month unless somebody says otherwise', () => {
    expect(monthOf(Date.parse('2026-02-28T17:00:00Z'))).toEqual(['2026-03-01', '2026-03-31'])
    expect(monthOf(Date.parse('2028-02-10T00:00:00Z'))).toEqual(['2028-02-01', '2028-02-29'])
    expect(monthOf(Date.parse('2026-12-31T00:00:00Z'))).toEqual(['2026-12-01', '2026-12-31'])
  })

  it('parts what is excluded from its pool', () => {
    const item = (id: string) => ({ id, name: id, squadId: null, squadName: null })
    const { pool, excluded } = listed(
      { items: [item('a'), item('b')], inspectors: [], covered: [], before: [] },
      [
        { item: 'b', reason: '维修' },
        { item: 'gone', reason: '报废' },
      ],
    )
    expect(pool.map(({ id }) => id)).toEqual(['a'])
    expect(excluded.map(({ id, reason }) => [id, reason])).toEqual([['b', '维修']])
  })

  it('is shown by squad in the order of the draw', () => {
    const item = (id: string, squadId: string | null) => ({ id, name: id, squadId, squadName: squadId && `中队 ${squadId}` })
    expect(
      bySquad([item('a', '2'), item('b', null), item('c', '1'), item('d', '2')]).map(({ squadId, items }) => [
        squadId,
        items.map(({ id }) => id).join(''),
      ]),
    ).toEqual([
      ['2', 'ad'],
      ['', 'b'],
      ['1', 'c'],
    ])
  })
})
