import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { t, word } from '../i18n'

/** The usual reasons for looking at somebody's track; the words are the ones that go into the view log. */
export const USUAL = ['verify-alert', 'check-presence', 'dispatch', 'inspection', 'complaint', 'device-fault'] as const

/** A task is remembered for this long after it was last used; then the purpose is asked again. */
export const REMEMBERED = 2 * 3_600_000

/** A purpose in words: `inspection-task/12` names a task, the usual ones have words, the rest is as it was typed. */
export function purposeText(purpose: string): string {
  const task = /^inspection-task\/(\d+)(?: (.*))?$/s.exec(purpose)
  if (!task) {
    return word('purpose', purpose)
  }
  const [, id, more] = task
  return t('check.title', { id }) + (more ? ` · ${word('purpose', more)}` : '')
}

interface Pending {
  task: string
  subject: string
  /** The purpose that lies nearest, to be taken with one key. */
  own: string | null
  resolve(purpose: string | null): void
}

/**
 * Why somebody's data is read. It is asked once for a task (an alert, a device, a duty), remembered for that task in
 * this window only, and sent with each reading so that the service logs it.
 */
export const usePurposes = defineStore('purposes', () => {
  const known = shallowRef(new Map<string, { purpose: string; usedAt: number }>())
  const pending = ref<Pending | null>(null)

  /**
   * The purpose of a task, asked for when it is not known.
   *
   * @param task what it is remembered by
   * @param subject whose data it is, to be named in the question
   * @param own the purpose that lies nearest, null when none does
   * @returns null when the person thought better of it
   */
  function ask(task: string, subject: string, own: string | null = null): Promise<string | null> {
    const purpose = remembered(task)
    if (purpose !== null) {
      return Promise.resolve(purpose)
    }
    pending.value?.resolve(null)
    return new Promise((resolve) => (pending.value = { task, subject, own, resolve }))
  }

  /** The purpose that a task already has, and null when it must be asked for. */
  function remembered(task: string, at = Date.now()): string | null {
    const held = known.value.get(task)
    if (!held || at - held.usedAt > REMEMBERED) {
      return null
    }
    held.usedAt = at
    return held.purpose
  }

  /** The answer of the dialog; null is a change of mind. */
  function answer(purpose: string | null): void {
    const question = pending.value
    pending.value = null
    if (question && purpose) {
      known.value.set(question.task, { purpose, usedAt: Date.now() })
    }
    question?.resolve(purpose)
  }

  /** Goes on with a task under another name, as when a camera of the wall is opened on its own page. */
  function carry(from: string, to: string): void {
    const held = known.value.get(from)
    if (held && remembered(from) !== null) {
      known.value.set(to, { ...held })
    }
  }

  return { pending, ask, remembered, answer, carry }
})
