/** Somebody who may sign in. */
export interface Account {
  id: string
  username: string
  displayName: string
  roles: string[]
  /** Squads that he may see; none means all for the roles of the bureau. */
  squadIds: string[]
  disabled: boolean
  /** Until when wrong passwords have shut him out, ISO-8601 UTC. */
  lockedUntil?: string | null
  version: number
}

/** Shorter ones are refused by the service. */
export const PASSWORD_LENGTH = 10

const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A password to be told to somebody: 16 characters that cannot be mistaken for each other, over 90 bits. */
export function makePassword(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(16))
  return [...numbers].map((number) => LETTERS[number % LETTERS.length]).join('')
}
