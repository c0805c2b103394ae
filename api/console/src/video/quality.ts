import type { Stream } from './stream'

/** Which of a camera's pictures: the whole one, or the smaller one for walls. */
export type Quality = 'main' | 'sub'

/** A picture that a place tried and could not show: the browser does not decode it, or its source is not there. */
export interface Failed {
  quality: Quality
  why: 'unplayable' | 'offline'
}

/**
 * The picture to be shown where one is wanted. A smaller one that fails gives way to the main one; the main one gives way
 * only where this browser does not decode it, because a camera that is away is away. When all failed, the wanted one
 * stays, to say why.
 */
export function qualityFor({ subSourceUrl }: Pick<Stream, 'subSourceUrl'>, wanted: Quality, failed: readonly Failed[]): Quality {
  if (!subSourceUrl) {
    return 'main'
  }
  const out = (quality: Quality) => failed.some((each) => each.quality === quality)
  if (wanted === 'sub') {
    return out('sub') && !out('main') ? 'main' : 'sub'
  }
  const unplayable = failed.some(({ quality, why }) => quality === 'main' && why === 'unplayable')
  return unplayable && !out('sub') ? 'sub' : 'main'
}
