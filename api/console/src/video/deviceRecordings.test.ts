import { describe, expect, it, vi } from 'vitest'
import { fetchRecording, isFetchOf, percentOf, playUrl, recordingAt, recordsItself, stretchesOf, type DeviceRecording } from './deviceRecordings'

const at = (time: string) => `2026-11-20T${time}:00Z`
const first: DeviceRecording = { start: at('01:00'), end: at('02:00'), recorded: 'none' }
const second: DeviceRecording = { start: at('03:00'), end: at('04:00'), recorded: 'all' }

describe('what a device recorded', () => {
  it('is asked for where the device speaks one of the two protocols', () => {
    expect(recordsItself({ sourceUrl: 'gb28181:34020000001180000001/34020000001320000001' })).toBe(true)
    expect(recordsItself({ sourceUrl: 'jt1078:jt808-1/1' })).toBe(true)
    expect(recordsItself({ sourceUrl: 'rtsp://10.0.0.1/' })).toBe(false)
    expect(recordsItself({ sourceUrl: null })).toBe(false)
  })

  it('is fetched by a job that is known to be of its stream until a newer one is begun', async () => {
    const ids = ['1', '2', '3']
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ id: ids.shift() }), { status: 202 }))
    for (const stream of ['7', '8', '7']) {
      await fetchRecording(stream, 0, 1000, 'inspection')
    }
    vi.unstubAllGlobals()
    expect(['1', '2', '3'].map((id) => [isFetchOf('7', { id }), isFetchOf('8', { id })])).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ])
  })

  it('begins with what holds the instant, or comes next', () => {
    const both = [first, second]
    expect(recordingAt(both, Date.parse(at('01:30')))).toBe(first)
    expect(recordingAt(both, Date.parse(at('02:00')))).toBe(second)
    expect(recordingAt(both, Date.parse(at('04:00')))).toBeUndefined()
    expect(stretchesOf([first])).toEqual([{ from: at('01:00'), to: at('02:00') }])
  })

  it('is played at an address that says why', () => {
    const url = new URL(playUrl('7', Date.parse(at('01:00')), Date.parse(at('02:00')), '投诉核查'))
    expect(url.protocol).toBe('ws:')
    expect(url.pathname).toBe('/api/v1/streams/7/device-recordings/play')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      from: '2026-11-20T01:00:00.000Z',
      to: '2026-11-20T02:00:00.000Z',
      purpose: '投诉核查',
    })
  })

  it('has a figure of its fetching once that is known', () => {
    expect(percentOf({ done: 0, total: null })).toBeNull()
    expect(percentOf({ done: 30, total: 120 })).toBe(25)
    expect(percentOf({ done: 121, total: 120 })).toBe(100)
  })
})
