import type { Location } from '../../../reader/engine/index.ts'

/** Farther apart than this, the kept place was not found in the book. A page of a large screen is nearer than that. */
const SAME_PAGE = 0.1

/** The share of a book that somebody has read, from 0 to 1, as the foot of the page tells it. */
export interface ReadShare {
  /** The book stands on screen: from now on a jump is somebody's. */
  opened(): void
  /** What to tell at this place. */
  at(location: Pick<Location, 'fraction' | 'reason'>): number
}

/**
 * The share changes when somebody moves: until then it is the one that was kept, however much of the text this screen shows and
 * however often the book is laid out while it opens.
 */
export function readShare(kept: number | undefined): ReadShare {
  let opening = true
  let moved = false
  let share = 0
  return {
    opened() {
      opening = false
    },
    at({ fraction, reason }) {
      moved ||= reason === 'page' || reason === 'scroll' || (reason === 'jump' && !opening)
      if (!moved) share = kept !== undefined && Math.abs(kept - fraction) < SAME_PAGE ? kept : fraction
      else if (reason !== 'layout') share = fraction
      return share
    },
  }
}
