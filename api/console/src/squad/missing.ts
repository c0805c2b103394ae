import type { Duty } from '../duty/roster'

/** States of presence in which somebody is not where he is due; the worst first. */
const MISSING = ['absent', 'off-post', 'late'] as const

/** The duties that run at an instant and whose holder is not there. Silence of a device is nobody's absence. */
export function missingAt(duties: readonly Duty[], at: number): Duty[] {
  const rank = (duty: Duty) => MISSING.indexOf(duty.state as (typeof MISSING)[number])
  return duties
    .filter((duty) => Date.parse(duty.start) <= at && at < Date.parse(duty.end) && rank(duty) >= 0)
    .sort((a, b) => rank(a) - rank(b) || Date.parse(a.start) - Date.parse(b.start))
}
