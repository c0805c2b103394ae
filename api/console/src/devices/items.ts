import { has, t, word } from '../i18n'

/** Of a position's additional items, those that stand in a column of their own or are there with every position. */
const ELSEWHERE = new Set(['mileage', 'satellites', 'radioSignal'])
/** Members of an alarm that name it; the others are numbers and places of it. */
const NAMING = ['state', 'type', 'kinds', 'kind', 'area', 'direction', 'section', 'seconds', 'result', 'main', 'backup'] as const

/** What a position's additional items say, in words, as far as they say anything. */
export function itemNotes(details: Record<string, unknown> | undefined): string[] {
  return Object.entries(details ?? {})
    .filter(([name, value]) => !ELSEWHERE.has(name) && has(`item.${name}`) && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => t(`item.${name}`, { v: inWords(value) }))
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(inWords).join(' ')
  }
  if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>
    return NAMING.filter((name) => name in members)
      .map((name) => inWords(members[name]))
      .filter((text) => text !== '')
      .join(' ')
  }
  return typeof value === 'string' ? word('itemWord', value) : String(value ?? '–')
}
