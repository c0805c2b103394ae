const GROUP = 4
/** 80 bits, as on the printed sheet: short enough to compare by eye or telephone. */
const SHORT = 20

/** The beginning of a hash in groups of four digits. */
export function grouped(digits: string): string {
  return (digits.slice(0, SHORT).match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join(' ')
}
