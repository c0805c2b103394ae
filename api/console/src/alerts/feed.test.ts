import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Alert } from './alert'
import { useFeed } from './feed'

let number = 0
function alert(more: Partial<Alert> = {}): Alert {
  number += 1
  return {
    id: `a${number}`,
    kind: 'off-post',
    code: 'off-post',
    state: 'new',
    severity: 'critical',
    raisedAt: new Date(1_700_000_000_000 + number * 1000).toISOString(),
    deviceId: `d${number}`,
    officerId: `o${number}`,
    officerName: '张某',
    unitId: null,
    unitName: null,
    dutyId: `y${number}`,
    title: 'title',
    location: null,
    trial: false,
    version: 1,
    overtaken: null,
    detail: null,
    ...more,
  }
}

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
}

describe('the alert feed', () => {
  beforeEach(() => setActivePinia(createPinia()))
  afterEach(() => vi.unstubAllGlobals())

  it('has the newest first and begins at the top', () => {
    const feed = useFeed()
    const [old, young] = [alert(), alert()]
    feed.take([old, young])
    expect(feed.groups.map(({ top }) => top.id)).toEqual([young.id, old.id])
    expect(feed.current?.top.id).toBe(young.id)
  })

  it('keeps the cursor on its card when newer ones come in', () => {
    const feed = useFeed()
    const first = alert()
    feed.take([first])
    feed.take([alert()])
    expect(feed.current?.top.id).toBe(first.id)
  })

  it('moves within its ends', () => {
    const feed = useFeed()
    const all = [alert(), alert(), alert()]
    feed.take(all)
    feed.move(-1)
    expect(feed.current?.top.id).toBe(all[2]!.id)
    feed.move(1)
    feed.move(1)
    feed.move(1)
    expect(feed.current?.top.id).toBe(all[0]!.id)
  })

  it('goes on with the card that takes the place of a settled one', () => {
    const feed = useFeed()
    const all = [alert(), alert(), alert()]
    feed.take(all)
    feed.move(1)
    feed.take([{ ...all[1]!, state: 'confirmed', version: 2 }])
    expect(feed.current?.top.id).toBe(all[0]!.id)
  })

  it('makes one card with a count of what is about the same', () => {
    const feed = useFeed()
    const first = alert({ kind: 'device-silent', code: 'device-silent', deviceId: 'd', officerId: null, dutyId: null })
    feed.take([first, alert({ ...first, id: 'again', raisedAt: new Date().toISOString() })])
    expect(feed.groups).toHaveLength(1)
    expect(feed.groups[0]?.top.id).toBe('again')
    expect(feed.groups[0]?.members).toHaveLength(2)
  })

  it('leaves out leads of zones in trial, and what is older than it knows', () => {
    const feed = useFeed()
    const known = alert({ version: 3, title: 'now' })
    feed.take([known, alert({ trial: true })])
    feed.take([{ ...known, version: 2, title: 'before' }])
    expect(feed.alerts.map(({ title }) => title)).toEqual(['now'])
  })

  it('sends the version that was seen and takes the settled card away', async () => {
    const feed = useFeed()
    const one = alert()
    feed.take([one])
    const sent = vi.fn(async (_path: string, _init: RequestInit) => answer(200, { ...one, state: 'dismissed', version: 2 }))
    vi.stubGlobal('fetch', sent)
    expect(await feed.dismiss(one, 'other', '已电话核实')).toBe(true)
    expect(sent.mock.calls[0]?.[0]).toBe(`/api/v1/alerts/${one.id}/dismiss`)
    expect(JSON.parse(String(sent.mock.calls[0]?.[1]?.body))).toEqual({ version: 1, reason: 'other', note: '已电话核实' })
    expect(feed.groups).toHaveLength(0)
  })

  it('says who was first when somebody else decided, and keeps the card until that was read', async () => {
    const feed = useFeed()
    const one = alert()
    feed.take([one])
    vi.stubGlobal('fetch', async (_path: string, init: RequestInit) =>
      init.method === 'POST'
        ? answer(409, { changedBy: '李值班', changedAt: '2026-11-21T10:00:00Z', version: 2 })
        : answer(200, { ...one, state: 'confirmed', version: 2 }),
    )
    expect(await feed.confirm(one)).toBe(false)
    expect(feed.failures[one.id]?.changedBy).toBe('李值班')
    expect(feed.groups).toHaveLength(1)
    feed.drop(one.id)
    expect(feed.groups).toHaveLength(0)
    expect(feed.failures[one.id]).toBeUndefined()
  })
})
