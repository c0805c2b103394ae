import { describe, expect, it } from 'vitest'
import { lastOf, type Sending } from './roots'

const sending = (day: string, targetId: string, state: Sending['state'] = 'sent'): Sending => ({
  day,
  targetId,
  kind: 'webhook',
  address: 'https://a.example/',
  state,
  tries: 1,
})

describe('sendings of day roots', () => {
  it('has the newest day of each target, whatever became of it', () => {
    const all = [sending('2026-11-20', '1'), sending('2026-11-21', '1', 'failed'), sending('2026-11-22', '2')]
    expect(lastOf(all, '1')?.day).toBe('2026-11-21')
    expect(lastOf(all, '1')?.state).toBe('failed')
    expect(lastOf(all, '2')?.day).toBe('2026-11-22')
  })

  it('has none for a target that got nothing yet', () => {
    expect(lastOf([sending('2026-11-20', '1')], '2')).toBeNull()
  })
})
