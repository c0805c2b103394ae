/** A mark stands so long, then it steps: somebody can cover no spot of a screen for good. Never gliding, which would tire. */
export const STEP = 6_000
/** Distance of two lines of marks, pixels. */
export const LINE = 88
const GAP = 56

/** Shares of a tile by which it moves with each step: those of the R2 sequence, which fills an area evenly (Roberts, 2018). */
const ACROSS = 0.7548776662466927
const DOWN = 0.5698402909980532

/** Where the tiles of a watermark begin at a time, from 0 to 1 of a tile. */
export function offset(at: number): { x: number; y: number } {
  const step = Math.floor(at / STEP)
  return { x: (step * ACROSS) % 1, y: (step * DOWN) % 1 }
}

/** Pixels that a text of 13 pixels height takes with room to the next; Chinese characters are twice as wide. */
export function tileWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0)! > 0xff ? 13 : 7.5), GAP)
}
