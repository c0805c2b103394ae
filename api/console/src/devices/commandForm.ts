import { t } from '../i18n'
import type { FieldErrors } from '../ui/form'
import type { CommandField, CommandKind } from './command'

/** What is typed, by the field's name: lists are lines of text until they are sent. */
export type Typed = Record<string, unknown>

const LINES = ['numbers', 'places']

/** A form of this kind before anything is typed. */
export function blank(kind: CommandKind): Typed {
  return Object.fromEntries(kind.fields.map((field) => [field.name, first(field)]))
}

function first(field: CommandField): unknown {
  if (LINES.includes(field.type)) {
    return ''
  }
  if (field.type === 'parameters' || field.type === 'parameter-ids' || field.type === 'choices') {
    return field.initial ?? []
  }
  return field.initial ?? (field.type === 'number' ? null : '')
}

/** What is wrong with what is typed, so far as it can be known here. */
export function faults(kind: CommandKind, typed: Typed): FieldErrors {
  const found: FieldErrors = {}
  for (const field of kind.fields) {
    const value = typed[field.name]
    if (field.required && (value === null || value === '' || (Array.isArray(value) && value.length === 0))) {
      found[field.name] = t('form.required')
    } else if (field.type === 'number' && typeof value === 'number' && !within(field, value)) {
      found[field.name] = t('commands.range', { least: field.least, most: field.most })
    } else if (field.type === 'bytes' && !/^([0-9a-f]{2})*$/i.test(String(value))) {
      found[field.name] = t('commands.hexRule')
    } else if (read(field, value) === undefined) {
      found[field.name] = t(field.type === 'numbers' ? 'commands.numbersRule' : 'commands.placesRule')
    }
  }
  return found
}

function within(field: CommandField, value: number): boolean {
  return Number.isInteger(value) && value >= (field.least ?? value) && value <= (field.most ?? value)
}

/** The arguments as the service reads them; what was left empty is left out. */
export function argumentsOf(kind: CommandKind, typed: Typed): Record<string, unknown> {
  return Object.fromEntries(
    kind.fields
      .map((field) => [field.name, read(field, typed[field.name])] as const)
      .filter(([, value]) => value !== null && value !== ''),
  )
}

/** Undefined when it cannot be read. */
function read(field: CommandField, value: unknown): unknown {
  switch (field.type) {
    case 'numbers':
      return numbers(String(value))
    case 'places': {
      const lines = String(value).split('\n').filter((line) => line.trim())
      const places = lines.map(numbers)
      return places.some((place) => place?.length !== 2) ? undefined : places
    }
    case 'place': {
      const place = numbers(String(value))
      return value === '' || place?.length === 2 ? (value === '' ? null : place) : undefined
    }
    default:
      return value
  }
}

/** Numbers between commas or blanks. */
function numbers(text: string): number[] | undefined {
  const found = text.split(/[\s,，、]+/).filter(Boolean).map(Number)
  return found.every(Number.isFinite) ? found : undefined
}
