import { describe, expect, it } from 'vitest'
import { word } from '../i18n'
import { channelSign, rowsOf, spanOf, type Channel } from './channels'
import { checkDevice, deviceBody, deviceMatches, type Gb28181Device } from './device'
import { LONGEST, outcomeOf } from './outcome'

const ROOT = '34020000001180000001'
const channel = (code: string, under: string, name = code): Channel => ({
  code, name, under, children: false, kind: 'camera', ptz: 0, listed: true,
})
const codes = (rows: { channel: Channel; depth: number }[]) => rows.map(({ channel: { code }, depth }) => `${depth}${code}`)

describe('the tree of channels', () => {
  const levels = new Map([
    [ROOT, [channel('group', ROOT), channel('alone', ROOT)]],
    ['group', [channel('a', 'group'), channel('b', 'group')]],
  ])

  it('shows what is open', () => {
    expect(codes(rowsOf(levels, new Set(), ROOT))).toEqual(['0group', '0alone'])
    expect(codes(rowsOf(levels, new Set(['group']), ROOT))).toEqual(['0group', '1a', '1b', '0alone'])
  })

  it('shows each once, also when levels were read at different times', () => {
    const older = new Map([[ROOT, [channel('x', ROOT)]], ['x', [channel('y', 'x')]], ['y', [channel('x', 'y')]]])
    expect(codes(rowsOf(older, new Set(['x', 'y']), ROOT))).toEqual(['0x', '1y'])
  })

  it('holds in the page what is in sight, whatever there is', () => {
    expect(spanOf(10_000, 32, 640, 0)).toEqual({ from: 0, to: 40 })
    expect(spanOf(10_000, 32, 640, 32 * 5_000)).toEqual({ from: 4_980, to: 5_040 })
    expect(spanOf(10_000, 32, 640, 32 * 9_990)).toEqual({ from: 9_970, to: 10_000 })
    expect(spanOf(3, 32, 640, 0)).toEqual({ from: 0, to: 3 })
    expect(spanOf(3, 32, 640, 32 * 5_000)).toEqual({ from: 0, to: 3 })
  })

  it('says what kind of camera the standard numbers', () => {
    expect(word('gb28181.ptz', '3')).toBe('固定枪机')
    expect(word('gb28181.ptz', '99')).toBe('99')
  })

  it('tells offline from unknown', () => {
    expect(new Set([true, false, undefined].map((online) => channelSign(online).sign)).size).toBe(3)
  })
})

describe('a catalogue that was asked for', () => {
  const asked = { name: 'NVR', since: 1000, before: '2026-11-22T04:00:00Z' }
  const device = (catalogueAt?: string, catalogueWhole?: boolean) => ({ catalogueAt, catalogueWhole }) as Gb28181Device

  it('has come when it is another than before', () => {
    expect(outcomeOf(asked, device(asked.before, true), 2000)).toBe('waiting')
    expect(outcomeOf(asked, device('2026-11-22T04:01:00Z', true), 2000)).toBe('whole')
    expect(outcomeOf(asked, device('2026-11-22T04:01:00Z', false), 2000)).toBe('part')
    expect(outcomeOf({ ...asked, before: undefined }, device('2026-11-22T04:01:00Z', true), 2000)).toBe('whole')
  })

  it('is not waited for without end', () => {
    expect(outcomeOf(asked, undefined, 1000 + LONGEST)).toBe('waiting')
    expect(outcomeOf(asked, undefined, 1001 + LONGEST)).toBe('unanswered')
  })
})

describe('what is set of a device', () => {
  it('leaves the password that is not typed, and takes the common transport when none is chosen', () => {
    expect(JSON.stringify(deviceBody({ password: '', mediaTransport: '', recordingShiftSeconds: 0 }, 3))).toBe(
      '{"version":3,"recordingShiftSeconds":0}',
    )
    const body = { password: 'secret-1', mediaTransport: 'udp', recordingShiftSeconds: 28_800 }
    expect(deviceBody(body, 3)).toEqual({ version: 3, ...body })
  })

  it('shifts the times of recordings by a day at most', () => {
    const wrong = (recordingShiftSeconds: number) => Object.keys(checkDevice({ password: '', mediaTransport: '', recordingShiftSeconds }))
    expect([86_400, -86_400, 86_401, -90_000].map(wrong)).toEqual([[], [], ['recordingShiftSeconds'], ['recordingShiftSeconds']])
  })

  it('refuses the passwords that the service refuses', () => {
    const wrong = (password: string) => 'password' in checkDevice({ password, mediaTransport: '', recordingShiftSeconds: 0 })
    expect([wrong(''), wrong('secret-1')]).toEqual([false, false])
    expect([wrong('short'), wrong('with space'), wrong('密码密码密码密码'), wrong('x'.repeat(65))]).toEqual([true, true, true, true])
  })

  it('is found by name, code and where it is registered from', () => {
    const device = { name: '东门 NVR', code: ROOT, address: 'UDP://192.0.2.7:5060' } as Gb28181Device
    expect(['nvr', '3402', '192.0.2.7', '东门 udp'].every((search) => deviceMatches(device, search))).toBe(true)
    expect(deviceMatches(device, '西门')).toBe(false)
  })
})
