import { describe, expect, it } from 'vitest'
import { bars, byPurpose, causes, type OfCause, type Week } from './overview'

const of = (cause: string, seconds: number) => ({ cause, seconds }) as OfCause
const WEEKS: Week[] = [
  { from: '2026-11-09', to: '2026-11-15', causes: [of('timeout', 300), of('disk-full', 100)] },
  { from: '2026-11-16', to: '2026-11-22', causes: [of('disk-full', 600), of('timeout', 200)] },
]

describe('the overview of records', () => {
  it('cuts the weeks by cause in one order, to one scale', () => {
    expect(causes(WEEKS)).toEqual(['disk-full', 'timeout'])
    expect(bars(WEEKS)).toEqual([
      [
        { cause: 'disk-full', seconds: 100, width: 12.5 },
        { cause: 'timeout', seconds: 300, width: 37.5 },
      ],
      [
        { cause: 'disk-full', seconds: 600, width: 75 },
        { cause: 'timeout', seconds: 200, width: 25 },
      ],
    ])
    expect(bars([{ ...WEEKS[0]!, causes: [] }])).toEqual([[]])
  })

  it('adds up what was looked at by purpose', () => {
    expect(
      byPurpose([
        { purpose: '调查', kind: 'track', views: 1 },
        { purpose: '抽查', kind: 'track', views: 3 },
        { purpose: '调查', kind: 'recording', views: 4 },
      ]),
    ).toEqual([
      { purpose: '调查', views: 5 },
      { purpose: '抽查', views: 3 },
    ])
  })
})
