import { computed, reactive, ref, toRaw, watch, type Ref } from 'vue'
import { problemOf } from '../http/problem'
import { problemText } from '../i18n/problem'
import { serviceWords } from '../i18n/service'

/** Words for what is wrong with a field, by the field's name; an empty record means nothing is. */
export type FieldErrors = Record<string, string>

export interface Form<T extends object> {
  model: T
  errors: FieldErrors
  /** What is wrong with the whole, in words; empty when nothing is. */
  failure: Ref<string>
  busy: Ref<boolean>
  dirty: Ref<boolean>
  /** Starts again from these values, clean. */
  reset(values: T): void
  /** Checks and saves; false leaves everything as it was typed. */
  submit(): Promise<boolean>
}

/**
 * A form: its values, what is wrong with them, and whether anything would be lost.
 *
 * @param check what can be known here; the service checks again and its words go to the same fields
 */
export function useForm<T extends object>(
  initial: T,
  save: (model: T) => Promise<void>,
  check: (model: T) => FieldErrors = () => ({}),
): Form<T> {
  const model = reactive(structuredClone(initial)) as T
  const clean = ref(JSON.stringify(initial))
  const errors = reactive<FieldErrors>({})
  const failure = ref('')
  const busy = ref(false)
  /** The values that were found wrong, by field: once another is typed, the words are over. */
  const wrong = new Map<string, string>()
  const dirty = computed(() => JSON.stringify(model) !== clean.value)

  function reset(values: T): void {
    Object.assign(model, structuredClone(toRaw(values)))
    clean.value = JSON.stringify(model)
    show({}, '')
  }

  watch(model, () => {
    for (const field of Object.keys(errors)) {
      if (wrong.get(field) !== valueOf(field)) {
        delete errors[field]
      }
    }
  }, { deep: true })

  function valueOf(field: string): string {
    return JSON.stringify((model as Record<string, unknown>)[field.split('.')[0]!]) ?? ''
  }

  async function submit(): Promise<boolean> {
    if (busy.value) {
      return false
    }
    const found = check(model)
    show(found, '')
    if (Object.keys(found).length > 0) {
      return false
    }
    busy.value = true
    try {
      await save(model)
      clean.value = JSON.stringify(model)
      return true
    } catch (thrown) {
      const problem = problemOf(thrown)
      const fields = Object.fromEntries(
        Object.entries(problem.fields).map(([field, text]) => [field, serviceWords(text)]),
      )
      const known = Object.entries(fields)
      show(fields, known.length > 0 && problem.status === 400 ? '' : problemText(problem))
      // A field that this form does not show must not swallow its message.
      const elsewhere = known.filter(([field]) => !(field.split('.')[0]! in model)).map(([field, text]) => `${field}: ${text}`)
      if (elsewhere.length > 0) {
        failure.value = [failure.value, ...elsewhere].filter(Boolean).join(' ')
      }
      return false
    } finally {
      busy.value = false
    }
  }

  function show(fields: FieldErrors, whole: string): void {
    for (const key of Object.keys(errors)) {
      delete errors[key]
    }
    Object.assign(errors, fields)
    Object.keys(fields).forEach((field) => wrong.set(field, valueOf(field)))
    failure.value = whole
  }

  return { model, errors, failure, busy, dirty, reset, submit }
}
