import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { del, get, post, useCsrf, type Csrf } from '../http/client'
import { mayChange, maySee, type Area, type Change } from './roles'

export interface User {
  id: string
  username: string
  displayName: string
  roles: string[]
  squadIds: string[]
  mustChangePassword: boolean
}

interface SessionAnswer {
  /** Absent while nobody is signed in. */
  user?: User | null
  csrf: Csrf
}

/** Who is signed in. The cookie is the browser's; this holds what the service says about it. */
export const useSession = defineStore('session', () => {
  const user = ref<User | null>(null)
  /** False until the service was asked once. */
  const known = ref(false)
  /** Whose data this page has shown, which may still be in its memory. */
  let shownTo: string | null = null

  const roles = computed(() => user.value?.roles ?? [])

  /** Asks the service who we are; answers quickly when it did before. */
  async function load(): Promise<void> {
    if (!known.value) {
      take(await get<SessionAnswer>('/session'))
    }
  }

  /** Signs in; true when the page has shown another's data and must be loaded afresh. */
  async function signIn(username: string, password: string): Promise<boolean> {
    const before = shownTo
    // The token of an old page may have died with its session.
    if (!known.value) {
      take(await get<SessionAnswer>('/session'))
    }
    take(await post<SessionAnswer>('/session', { username, password }))
    return before !== null && before !== shownTo
  }

  async function signOut(): Promise<void> {
    await del('/session')
    forget()
  }

  async function changePassword(current: string, next: string): Promise<void> {
    await post('/session/password', { current, next })
  }

  /** The session is over; the next page asks again. */
  function forget(): void {
    user.value = null
    known.value = false
    useCsrf(null)
  }

  function take(answer: SessionAnswer): void {
    user.value = answer.user ?? null
    shownTo = answer.user?.id ?? shownTo
    known.value = true
    useCsrf(answer.csrf)
  }

  return {
    user,
    known,
    roles,
    load,
    signIn,
    signOut,
    changePassword,
    forget,
    sees: (area: Area) => maySee(roles.value, area),
    /** Whether what is of a squad is open to him beyond a task that sends him there. */
    ownsSquad: (squadId: string) => user.value !== null && (user.value.squadIds.length === 0 || user.value.squadIds.includes(squadId)),
    changes: (change: Change) => mayChange(roles.value, change),
  }
})
