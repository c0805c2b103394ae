/** What a refused or failed call is, after RFC 9457, with the members this service adds. */
export class Problem extends Error {
  override readonly name = 'Problem'
  /** HTTP status; 0 when the service could not be reached at all. */
  readonly status: number
  readonly title: string
  readonly detail: string
  /** Message by field name, for the form that sent the request. */
  readonly fields: Record<string, string>
  readonly requestId: string | null
  /** Who changed the record first, with a 409. */
  readonly changedBy: string | null
  /** When that was, ISO-8601 UTC. */
  readonly changedAt: string | null
  /** The version the record has now, with a 409. */
  readonly version: number | null
  /** Seconds until another try may succeed, with a 429. */
  readonly retryAfterSeconds: number | null
  /** Who moves the camera, with a 409 of one that is in use. */
  readonly holder: Holder | null
  /** Why a code that was scanned did nothing. */
  readonly scan: ScanFault | null

  constructor(status: number, body: ProblemBody, requestId: string | null = null) {
    super(body.detail ?? body.title ?? `HTTP ${status}`)
    this.status = status
    this.title = body.title ?? ''
    this.detail = body.detail ?? ''
    this.fields = Object.fromEntries((body.errors ?? []).map((error) => [error.field, error.message]))
    this.requestId = body.requestId ?? requestId
    this.changedBy = body.changedBy ?? null
    this.changedAt = body.changedAt ?? null
    this.version = body.version ?? null
    this.retryAfterSeconds = body.retryAfterSeconds ?? null
    this.holder = body.holder ?? null
    this.scan = body.scan ?? null
  }
}

/** The JSON of `application/problem+json`; every member may be missing. */
export interface ProblemBody {
  title?: string
  detail?: string
  errors?: { field: string; message: string }[]
  requestId?: string
  changedBy?: string
  changedAt?: string
  version?: number
  retryAfterSeconds?: number
  holder?: Holder
  scan?: ScanFault
}

/** What is the matter with a code, and who has the device where that is it. */
export interface ScanFault {
  fault: string
  code: string
  custody?: { officerName: string; from: string } | null
}

/** Who holds what only one can use at a time. */
export interface Holder {
  username: string
  displayName: string
  /** When it is anybody's if he does nothing more, ISO-8601 UTC. */
  until: string
}

/** Any thrown value as a {@link Problem}; what is not one becomes status 0 with its message. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) {
    return thrown
  }
  return new Problem(0, { detail: thrown instanceof Error ? thrown.message : String(thrown) })
}
