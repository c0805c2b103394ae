import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { purposeText, REMEMBERED, usePurposes } from './purposes'

describe('the purpose of looking at somebody', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('is asked once for a task and remembered for it', async () => {
    const purposes = usePurposes()
    const first = purposes.ask('device:a', '张某')
    expect(purposes.pending?.subject).toBe('张某')
    purposes.answer('verify-alert')
    expect(await first).toBe('verify-alert')
    expect(await purposes.ask('device:a', '张某')).toBe('verify-alert')
    expect(purposes.pending).toBeNull()
  })

  it('is asked again for another task', () => {
    const purposes = usePurposes()
    void purposes.ask('device:a', '张某')
    purposes.answer('verify-alert')
    void purposes.ask('device:b', '李某')
    expect(purposes.pending?.task).toBe('device:b')
  })

  it('is not remembered after a change of mind', async () => {
    const purposes = usePurposes()
    const first = purposes.ask('device:a', '张某')
    purposes.answer(null)
    expect(await first).toBeNull()
    void purposes.ask('device:a', '张某')
    expect(purposes.pending).not.toBeNull()
  })

  it('leaves no question hanging when another is asked meanwhile', async () => {
    const purposes = usePurposes()
    const first = purposes.ask('device:a', '张某')
    const second = purposes.ask('device:b', '李某')
    expect(await first).toBeNull()
    purposes.answer('dispatch')
    expect(await second).toBe('dispatch')
  })

  it('goes on when a task goes on under another name', async () => {
    const purposes = usePurposes()
    purposes.carry('wall', 'stream:1')
    expect(purposes.remembered('stream:1')).toBeNull()
    void purposes.ask('wall', '视频')
    purposes.answer('dispatch')
    purposes.carry('wall', 'stream:1')
    expect(purposes.remembered('stream:1')).toBe('dispatch')
  })

  it('is forgotten when the task was left alone for long', () => {
    const purposes = usePurposes()
    void purposes.ask('device:a', '张某')
    purposes.answer('dispatch')
    const later = Date.now() + REMEMBERED - 1000
    expect(purposes.remembered('device:a', later)).toBe('dispatch')
    expect(purposes.remembered('device:a', later + REMEMBERED + 1)).toBeNull()
  })

  it('names a task in words, with whatever else was said', () => {
    expect(purposeText('inspection-task/12')).toBe('督察任务 12')
    expect(purposeText('inspection-task/12 complaint')).toBe(`督察任务 12 · ${purposeText('complaint')}`)
    expect(purposeText('巡查')).toBe('巡查')
  })
})
