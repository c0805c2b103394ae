import { createApp, defineComponent, h } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LOOK, useJob, type Following, type Job } from './job'
import { notify } from './notify'

vi.mock('./notify', () => ({ notify: vi.fn() }))

const one = (state: Job['state'], kind = 'report', id = 'a/1'): Job => ({ id, kind, state, done: 1, total: 4, message: null, result: null })

describe('work that is followed', () => {
  let following: Following<Job>
  let leave: () => void
  const ended = vi.fn()
  /** What the service knows by path, and what it was asked. */
  const known = new Map<string, unknown>()
  const asked: string[] = []

  function begin(isMine?: (job: Job) => boolean): void {
    const app = createApp(
      defineComponent(() => {
        following = useJob('report', ended, isMine)
        return () => h('p')
      }),
    )
    app.mount(document.createElement('div'))
    leave = () => app.unmount()
  }

  beforeEach(() => {
    vi.useFakeTimers()
    ended.mockReset()
    asked.length = 0
    known.clear()
    known.set('/api/v1/jobs?limit=20', { items: [], next: null })
    vi.stubGlobal('fetch', async (path: string, { method }: RequestInit) => {
      asked.push(`${method} ${path}`)
      return new Response(JSON.stringify(known.get(path) ?? {}), { status: 200 })
    })
  })
  afterEach(() => {
    leave()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is looked at until its end, which is told once', async () => {
    begin()
    following.follow(one('queued'))
    known.set('/api/v1/jobs/a%2F1', one('running'))
    await vi.advanceTimersByTimeAsync(LOOK)
    expect([following.job.value?.state, ended.mock.calls.length]).toEqual(['running', 0])
    known.set('/api/v1/jobs/a%2F1', one('done'))
    await vi.advanceTimersByTimeAsync(10 * LOOK)
    expect(following.job.value).toBeNull()
    expect(ended.mock.calls).toEqual([[one('done')]])
  })

  it('is found again by who left the page, when it is of this kind and goes on', async () => {
    known.set('/api/v1/jobs?limit=20', { items: [one('running', 'export', 'b'), one('done', 'report', 'c'), one('running', 'report', 'd')], next: null })
    begin()
    await vi.advanceTimersByTimeAsync(0)
    expect(following.job.value?.id).toBe('d')
  })

  it('is not taken for its own by a page that is about something else', async () => {
    known.set('/api/v1/jobs?limit=20', { items: [one('running', 'report', 'b'), one('running', 'report', 'd')], next: null })
    begin(({ id }) => id === 'd')
    await vi.advanceTimersByTimeAsync(0)
    expect(following.job.value?.id).toBe('d')
  })

  it('is let go of with a word when the service is away', async () => {
    begin()
    following.follow(one('running'))
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')))
    await vi.advanceTimersByTimeAsync(LOOK)
    expect(following.job.value).toBeNull()
    expect(notify).toHaveBeenCalledWith('error', expect.any(String))
  })

  it('is cancelled by the service, and looked at no more once the page is left', async () => {
    begin()
    following.follow(one('running'))
    await following.cancel()
    leave()
    await vi.advanceTimersByTimeAsync(10 * LOOK)
    expect(asked).toEqual(['GET /api/v1/jobs?limit=20', 'POST /api/v1/jobs/a%2F1/cancel'])
    leave = () => {}
  })
})
