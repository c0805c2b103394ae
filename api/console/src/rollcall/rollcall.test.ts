import { beforeEach, describe, expect, it } from 'vitest'
import { i18n } from '../i18n'
import { byNeed, causeText, distanceText, outcomeText, type Answer } from './rollcall'

const CALLED = '2026-11-20T01:00:00Z'

function answer(over: Partial<Answer>): Answer {
  return {
    officerId: '1',
    officerName: '张三',
    squadName: '一中队',
    postName: '东门',
    dutyEnd: '2026-11-20T07:00:00Z',
    deviceId: 'd',
    outcome: 'pending',
    facts: { online: true },
    version: 1,
    actions: [],
    ...over,
  }
}

describe('a roll call on screen', () => {
  beforeEach(() => {
    i18n.global.locale.value = 'zh-CN'
  })

  it('puts whoever needs a decision first', () => {
    const rows = [
      answer({ officerName: '甲', outcome: 'present' }),
      answer({ officerName: '乙', outcome: 'absent' }),
      answer({ officerName: '丙', outcome: 'pending' }),
      answer({ officerName: '丁', outcome: 'late' }),
    ]
    expect(rows.sort(byNeed).map(({ officerName }) => officerName)).toEqual(['丙', '乙', '丁', '甲'])
  })

  it('calls silence pending while the terms run and unanswered afterwards, never absent', () => {
    expect(outcomeText('pending', 'open')).toBe('待应答')
    expect(outcomeText('pending', 'deciding')).toBe('未应答')
    expect(outcomeText('absent', 'deciding')).toBe('缺岗')
  })

  it('says what is known of silence in the order of its weight', () => {
    expect(causeText(answer({ facts: { online: false, lastSeen: '2026-11-20T00:40:00Z' } }), CALLED)).toBe(
      '设备 08:40 起离线、无可用定位',
    )
    expect(causeText(answer({ deviceId: undefined }), CALLED)).toBe('未领用设备、无可用定位')
    expect(causeText(answer({ facts: { online: true, lastFix: '2026-11-20T00:51:00Z', metres: 319.6 } }), CALLED)).toBe(
      '08:51 后无定位（当时距岗位 320 米）',
    )
    expect(
      causeText(
        answer({ presence: 'travelling', facts: { online: true, lastFix: '2026-11-20T01:02:00Z', metres: 80 } }),
        CALLED,
      ),
    ).toBe('点名时途中、09:02 距岗位 80 米')
  })

  it('names a place inside the post as such', () => {
    expect(distanceText(-4)).toBe('在岗位内')
    expect(distanceText(0)).toBe('在岗位内')
    expect(distanceText(undefined)).toBe('–')
  })
})
