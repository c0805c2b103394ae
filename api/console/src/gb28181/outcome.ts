import type { Gb28181Device } from './device'

/** A device that gave no catalogue for this long does not give one any more, milliseconds. */
export const LONGEST = 60_000

/** A device that was asked for its catalogue. */
export interface Asked {
  name: string
  /** When it was asked, milliseconds since 1970. */
  since: number
  /** Of the catalogue that it gave before. */
  before: string | undefined
}

export type Outcome = 'waiting' | 'whole' | 'part' | 'unanswered'

/** What became of asking: a catalogue of another time than before has come, or too much time has passed. */
export function outcomeOf(asked: Asked, device: Gb28181Device | undefined, now: number): Outcome {
  if (device?.catalogueAt && device.catalogueAt !== asked.before) {
    return device.catalogueWhole === false ? 'part' : 'whole'
  }
  return now - asked.since > LONGEST ? 'unanswered' : 'waiting'
}
