import { defineStore } from 'pinia'
import { shallowRef, triggerRef } from 'vue'
import { readPresence, type Interval } from './presenceOf'

/** So many are read at a time: a roster has hundreds of rows, and each is a calculation. */
const AT_ONCE = 4

interface Held {
  intervals: Interval[] | null
  failed: boolean
}

/**
 * The presence of duties, read a few at a time and for a purpose. Each reading stands in the view log, so nothing is
 * read again by itself.
 */
export const usePresence = defineStore('presence', () => {
  const held = shallowRef(new Map<string, Held>())
  let queue: { dutyId: string; purpose: string }[] = []
  let running = 0

  /** Asks for a duty's presence, unless it is known. */
  function want(dutyId: string, purpose: string): void {
    if (!held.value.has(dutyId) && !queue.some((waiting) => waiting.dutyId === dutyId)) {
      queue.push({ dutyId, purpose })
      pump()
    }
  }

  /** A changed duty is calculated anew; without an id all are. */
  function forget(dutyId?: string): void {
    if (dutyId === undefined) {
      queue = []
      held.value.clear()
    } else {
      held.value.delete(dutyId)
    }
    triggerRef(held)
  }

  function pump(): void {
    while (running < AT_ONCE) {
      const next = queue.shift()
      if (!next) {
        return
      }
      running += 1
      void readPresence(next.dutyId, next.purpose)
        .then(
          (intervals) => held.value.set(next.dutyId, { intervals, failed: false }),
          () => held.value.set(next.dutyId, { intervals: null, failed: true }),
        )
        .finally(() => {
          running -= 1
          triggerRef(held)
          pump()
        })
    }
  }

  return { held, want, forget }
})
