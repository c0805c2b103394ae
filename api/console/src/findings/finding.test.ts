import { describe, expect, it } from 'vitest'
import { FINDING_STATES, stepsOf } from './finding'

describe('the steps of a finding', () => {
  it('hold the state that it is in, once, with what was before it done', () => {
    for (const state of FINDING_STATES) {
      const steps = stepsOf(state)
      const now = steps.findIndex((step) => step.stand === 'now')
      expect(steps.filter((step) => step.stand === 'now').map((step) => step.state)).toEqual([state])
      expect(steps.slice(0, now).every((step) => step.stand === 'done')).toBe(true)
      expect(steps.slice(now + 1).every((step) => step.stand === 'ahead')).toBe(true)
    }
  })

  it('promise nothing after an end', () => {
    for (const state of ['withdrawn', 'overturned', 'closed'] as const) {
      expect(stepsOf(state).at(-1)).toEqual({ state, stand: 'now' })
    }
  })
})
