/** Where a patrol (轮巡) is: it shows page after page, each for the same time, and begins again after the last. */
export interface Patrol {
  page: number
  pages: number
  /** Each page is shown so long, milliseconds. */
  millis: number
  /** When the present page's time began; while it is paused, nothing. */
  since: number
  /** Milliseconds that remained when it was paused; null while it goes on. */
  paused: number | null
}

/** The streams of a patrol in pages of so many. */
export function pagesOf(streams: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(streams.length / size) }, (_, i) => streams.slice(i * size, (i + 1) * size))
}

export function begin(pages: number, seconds: number, now: number): Patrol {
  return { page: 0, pages, millis: seconds * 1_000, since: now, paused: null }
}

/** The patrol at a time. A page whose time is over is left once, however long nobody asked: a sleeping window skips none. */
export function tick(patrol: Patrol, now: number): Patrol {
  return patrol.pages > 1 && left(patrol, now) === 0 && patrol.paused === null ? go(patrol, 1, now) : patrol
}

/** So many pages on or back, around the end; its time begins anew. */
export function go(patrol: Patrol, by: number, now: number): Patrol {
  const page = (((patrol.page + by) % patrol.pages) + patrol.pages) % patrol.pages
  return { ...patrol, page, since: now, paused: patrol.paused === null ? null : patrol.millis }
}

export function pause(patrol: Patrol, now: number): Patrol {
  return { ...patrol, paused: left(patrol, now) }
}

export function resume(patrol: Patrol, now: number): Patrol {
  return patrol.paused === null ? patrol : { ...patrol, since: now - (patrol.millis - patrol.paused), paused: null }
}

/** Milliseconds that the present page is shown on. */
export function left(patrol: Patrol, now: number): number {
  return patrol.paused ?? Math.max(0, patrol.millis - Math.max(0, now - patrol.since))
}
