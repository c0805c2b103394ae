import { Problem, type ProblemBody } from './problem'

/** Every path of the service begins here. */
const ROOT = '/api/v1'

/** One page of a list; `next` is the cursor of the following one. */
export interface Page<T> {
  items: T[]
  next: string | null
}

export type Query = Record<string, string | number | boolean | null | undefined>

export interface Call {
  query?: Query
  body?: unknown
  /** Why a person's data is read; goes into the view log. */
  purpose?: string
  signal?: AbortSignal
  /** It is sent even when the page is left meanwhile. */
  keepalive?: boolean
}

/** The header that unsafe methods carry, as the session named it. */
export interface Csrf {
  header: string
  token: string
}

let csrf: Csrf | null = null
let onSignedOut: () => void = () => {}

/** Keeps the token for the next unsafe call. */
export function useCsrf(next: Csrf | null): void {
  csrf = next
}

/** Called when a call is answered 401, that is, when the session ended behind our back. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler
}

export const get = <T>(path: string, call: Call = {}) => send<T>('GET', path, call)
export const post = <T>(path: string, body?: unknown, call: Call = {}) => send<T>('POST', path, { ...call, body })
export const put = <T>(path: string, body: unknown, call: Call = {}) => send<T>('PUT', path, { ...call, body })
export const patch = <T>(path: string, body: unknown, call: Call = {}) => send<T>('PATCH', path, { ...call, body })
export const del = <T>(path: string, call: Call = {}) => send<T>('DELETE', path, call)

/**
 * One call of the service.
 *
 * @throws Problem for every answer that is not 2xx, and with status 0 when there was none
 */
export async function send<T>(method: string, path: string, call: Call): Promise<T> {
  const answer = await exchange(method, path, call, 'application/json')
  if (answer.status === 204 || answer.headers.get('Content-Length') === '0') {
    return undefined as T
  }
  const text = await answer.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** A picture or another file of the service; throws as {@link send} does. */
export async function getFile(path: string, call: Call = {}, accept = '*/*'): Promise<Blob> {
  return (await exchange('GET', path, call, accept)).blob()
}

async function exchange(method: string, path: string, call: Call, accept: string): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: accept,
    'Accept-Language': document.documentElement.lang,
  }
  const { body } = call
  const raw = body instanceof FormData || body instanceof Blob
  if (body !== undefined && !raw) {
    headers['Content-Type'] = 'application/json'
  }
  if (method !== 'GET' && csrf) {
    headers[csrf.header] = csrf.token
  }
  if (call.purpose) {
    // A header holds Latin-1 only; the service decodes percent-encoded UTF-8.
    headers['X-Purpose'] = encodeURIComponent(call.purpose)
  }
  let answer: Response
  try {
    answer = await fetch(address(path, call.query), {
      method,
      headers,
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
      signal: call.signal,
      keepalive: call.keepalive,
      credentials: 'same-origin',
    })
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') {
      throw thrown
    }
    throw new Problem(0, {})
  }
  if (!answer.ok) {
    const problem = new Problem(answer.status, await problemBody(answer), answer.headers.get('X-Request-Id'))
    if (answer.status === 401 && path !== '/session') {
      onSignedOut()
    }
    throw problem
  }
  return answer
}

/** The address of a path with its query, empty members left out. */
export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') {
      parameters.set(name, String(value))
    }
  }
  const tail = parameters.toString()
  return ROOT + path + (tail ? `?${tail}` : '')
}

/** The same of a WebSocket, whole: older browsers take no relative one. */
export function socketAddress(path: string, query: Query = {}): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return `${scheme}//${location.host}${address(path, query)}`
}

async function problemBody(answer: Response): Promise<ProblemBody> {
  try {
    return (await answer.json()) as ProblemBody
  } catch {
    return { title: answer.statusText }
  }
}
