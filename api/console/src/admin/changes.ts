export interface FieldChange {
  field: string
  before: string | undefined
  after: string | undefined
  /** In one line. */
  text: string
}

/** What an audit entry changed, field by field; versions count themselves and are left out. */
export function changesOf(before: unknown, after: unknown): FieldChange[] {
  const old = fieldsOf(before)
  const now = fieldsOf(after)
  const changes: FieldChange[] = []
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (field !== 'version' && old[field] !== now[field]) {
      changes.push({
        field,
        before: old[field],
        after: now[field],
        text: `${field}: ${[old[field], now[field]].filter((value) => value !== undefined).join(' → ')}`,
      })
    }
  }
  return changes
}

function fieldsOf(value: unknown): Record<string, string> {
  if (value === null || value === undefined) {
    return {}
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return { value: textOf(value) }
  }
  const present = Object.entries(value).filter(([, field]) => field !== null)
  return Object.fromEntries(present.map(([field, each]) => [field, textOf(each)]))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
