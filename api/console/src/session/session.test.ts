import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from './session'

const csrf = { header: 'X-CSRF', token: 't' }
const user = (id: string) => ({ id, username: id, displayName: id, roles: [], squadIds: [], mustChangePassword: false })
let answers: object[]

describe('the session', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(answers.shift())))
  })
  afterEach(() => vi.unstubAllGlobals())

  it('asks who we are once', async () => {
    answers = [{ csrf, user: user('a') }]
    const session = useSession()
    await session.load()
    await session.load()
    expect(session.user?.id).toBe('a')
  })

  it('knows nobody when the service names nobody', async () => {
    answers = [{ csrf }]
    const session = useSession()
    await session.load()
    expect(session.user).toBeNull()
  })

  it('goes on with the page for the one who had it, and wants a fresh one for another', async () => {
    const session = useSession()
    answers = [{ csrf }, { csrf, user: user('a') }]
    expect(await session.signIn('a', 'x')).toBe(false)
    session.forget()
    answers = [{ csrf }, { csrf, user: user('a') }]
    expect(await session.signIn('a', 'x')).toBe(false)
    session.forget()
    answers = [{ csrf }, { csrf, user: user('b') }]
    expect(await session.signIn('b', 'x')).toBe(true)
  })
})
