import { has, i18n, t, word } from '../i18n'
import { minuteOfDay } from '../time/format'
import { causeText } from '../video/stream'
import type { Alert } from './alert'

export interface AlertText {
  kind: string
  /** Where, or whose: the headline. */
  place: string
  /** What happened, in a sentence. */
  sentence: string
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/**
 * An alert in words. The sentence is made here from its code and arguments, in the language chosen; when this console
 * does not know the code, or an argument is missing, the title that the service wrote stands in.
 */
export function alertText(alert: Alert): AlertText {
  const args = alert.detail?.args ?? {}
  const place = firstText(args.post, args.place, args.device, alert.officerName, alert.unitName) ?? alert.title
  const sentence = detailSentence(alert) ?? (place === alert.title ? '' : alert.title)
  return { kind: word('alert.kind', alert.kind), place, sentence }
}

/** Some codes have a sentence of their own for a case that the service names. */
function sentenceKey({ code, args }: NonNullable<Alert['detail']>): string {
  const variant = `alert.detail.${code}-${String(args?.variant)}`
  return args?.variant && has(variant) ? variant : `alert.detail.${code}`
}

function detailSentence(alert: Alert): string | null {
  const detail = alert.detail
  const key = detail ? sentenceKey(detail) : ''
  if (!detail || !has(key)) {
    return null
  }
  const values: Record<string, unknown> = { officer: alert.officerName ?? undefined, ...detail.args }
  const needed = [...String(i18n.global.tm(key)).matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  if (needed.some((name) => values[name] === undefined || values[name] === null || values[name] === '')) {
    return null
  }
  return t(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(name, value)])))
}

function shown(name: string, value: unknown): unknown {
  if (name === 'cause' && typeof value === 'string') {
    return causeText(value)
  }
  if (Array.isArray(value)) {
    return value.map((each) => word('alarm', String(each))).join(t('list.comma'))
  }
  return typeof value === 'string' && INSTANT.test(value) ? minuteOfDay(value) : value
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '')
}
