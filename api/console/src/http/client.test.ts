import { afterEach, describe, expect, it, vi } from 'vitest'
import { address, del, get, getFile, post, socketAddress, useCsrf, whenSignedOut } from './client'
import { Problem } from './problem'

function stub(status: number, body?: unknown, headers: Record<string, string> = {}) {
  const sent = vi.fn(
    async (_path: string, _init: RequestInit) =>
      new Response(body === undefined ? null : JSON.stringify(body), { status, headers }),
  )
  vi.stubGlobal('fetch', sent)
  return sent
}
const headersOf = (sent: ReturnType<typeof stub>) => sent.mock.calls[0]![1].headers as Record<string, string>

describe('a call of the service', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    useCsrf(null)
    whenSignedOut(() => {})
  })

  it('leaves empty parameters out of the address', () => {
    expect(address('/alerts', { state: 'new', kind: '', cursor: null, limit: 50 })).toBe('/api/v1/alerts?state=new&limit=50')
  })

  it('is of the page\'s own host and as secret as the page when it is a socket', () => {
    vi.stubGlobal('location', { protocol: 'http:', host: 'here:8080' })
    expect(socketAddress('/live')).toBe('ws://here:8080/api/v1/live')
    vi.stubGlobal('location', { protocol: 'https:', host: 'here' })
    expect(socketAddress('/streams/7/talk', { purpose: '投诉 1', alertId: null })).toBe(
      'wss://here/api/v1/streams/7/talk?purpose=%E6%8A%95%E8%AF%89+1',
    )
  })

  it('carries the token with unsafe methods only', async () => {
    useCsrf({ header: 'X-CSRF-TOKEN', token: 'secret' })
    let sent = stub(200, {})
    await get('/devices')
    expect(headersOf(sent)).not.toHaveProperty('X-CSRF-TOKEN')
    sent = stub(204)
    await del('/session')
    expect(headersOf(sent)).toHaveProperty('X-CSRF-TOKEN', 'secret')
  })

  it('sends a purpose in Chinese as percent-encoded UTF-8', async () => {
    const sent = stub(200, { items: [] })
    await get('/devices/a/positions', { purpose: '投诉核查' })
    expect(decodeURIComponent(headersOf(sent)['X-Purpose']!)).toBe('投诉核查')
    expect(headersOf(sent)['X-Purpose']).toMatch(/^[\x20-\x7e]+$/)
  })

  it('gives the messages of fields, and the id of the request', async () => {
    stub(400, { title: 'invalid', errors: [{ field: 'name', message: '必填' }], requestId: 'r-1' })
    const problem = (await post('/squads', {}).catch((thrown: unknown) => thrown)) as Problem
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ status: 400, fields: { name: '必填' }, requestId: 'r-1' })
  })

  it('is a problem of status 0 when nobody answers', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')))
    await expect(get('/overview')).rejects.toMatchObject({ status: 0 })
  })

  it('tells when the session has ended, but not for a refused sign-in', async () => {
    const ended = vi.fn()
    whenSignedOut(ended)
    stub(401, { title: 'unauthorized' })
    await post('/session', {}).catch(() => {})
    expect(ended).not.toHaveBeenCalled()
    await get('/overview').catch(() => {})
    expect(ended).toHaveBeenCalledOnce()
  })

  it('gives a file as it came, for a purpose, and refuses as other calls do', async () => {
    const sent = vi.fn(async (_path: string, _init: RequestInit) => new Response(new Uint8Array([255, 216, 255])))
    vi.stubGlobal('fetch', sent)
    const file = await getFile('/streams/1/snapshot', { purpose: 'dispatch' })
    expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([255, 216, 255])
    expect(headersOf(sent)).toMatchObject({ 'X-Purpose': 'dispatch', Accept: '*/*' })
    stub(404, { title: 'none' })
    await expect(getFile('/evidence/1')).rejects.toMatchObject({ status: 404 })
  })

  it('bears an answer that is no JSON', async () => {
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502, statusText: 'Bad Gateway' }))
    await expect(get('/overview')).rejects.toMatchObject({ status: 502, title: 'Bad Gateway' })
  })
})
