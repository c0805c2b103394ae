import { describe, expect, it } from 'vitest'
import { i18n } from '../i18n'
import type { Alert } from './alert'
import { alertText } from './text'

function alert(more: Partial<Alert>): Alert {
  return { kind: 'off-post', title: '张某离岗', officerName: '张某', unitName: null, detail: null, ...more } as Alert
}

describe('an alert in words', () => {
  it('is made from its code and arguments, with instants as Beijing times', () => {
    const detail = { code: 'late', args: { post: '菜场东门', start: '2026-11-21T00:30:00Z', minutes: 6 } }
    expect(alertText(alert({ detail }))).toEqual({
      kind: '离岗',
      place: '菜场东门',
      sentence: '张某 应于 08:30 到岗，已迟到 6 分钟',
    })
  })

  it('follows the language', () => {
    i18n.global.locale.value = 'en'
    const detail = { code: 'off-post', args: { since: '2026-11-21T00:30:00Z' } }
    expect(alertText(alert({ detail })).sentence).toBe('张某 has been off post since 08:30')
    i18n.global.locale.value = 'zh-CN'
  })

  it('falls back on the title for a code or an argument that it does not know', () => {
    expect(alertText(alert({ detail: { code: 'never-heard-of', args: {} } })).sentence).toBe('张某离岗')
    expect(alertText(alert({ detail: { code: 'off-post', args: {} } })).sentence).toBe('张某离岗')
  })

  it('has a sentence of its own for a clock that is right in another zone', () => {
    const sentence = (more: object) =>
      alertText(alert({ detail: { code: 'camera-clock', args: { since: '2026-11-21T00:30:00Z', ...more } } })).sentence
    expect(sentence({ variant: 'zone' })).toBe('自 08:30 起摄像机时钟与服务器相差 8 小时，可能是时区设置错误，画面上的时间不可信')
    expect(sentence({ variant: 'moon' })).toBe(sentence({}))
  })

  it('names why a camera has no pictures, in words', () => {
    const args = { place: '菜场东门 1 号', streamId: '7', since: '2026-11-21T00:30:00Z', minutes: 12, cause: 'unreachable', detail: 'refused' }
    const offline = alert({ kind: 'camera-health', officerName: null, detail: { code: 'stream-offline', args } })
    expect(alertText(offline)).toEqual({
      kind: '监控异常',
      place: '菜场东门 1 号',
      sentence: '自 08:30 起无画面，已 12 分钟：地址不可达',
    })
    const unwritten = alert({ kind: 'recording-gap', detail: { code: 'recording-failed', args: { ...args, cause: 'disk-full' } } })
    expect(alertText(unwritten).sentence).toBe('自 08:30 起录像无法写入，已 12 分钟：存储已满')
  })

  it('lists alarms in words, unknown ones as they are', () => {
    const detail = { code: 'device-alarm', args: { device: '巡逻车', alarms: ['overspeed', 'x-9'] } }
    expect(alertText(alert({ kind: 'device-alarm', detail })).sentence).toBe('巡逻车：超速、x-9')
  })
})
