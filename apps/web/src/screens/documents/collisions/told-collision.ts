import { textOf } from '../content.ts'
import type { Collision } from './find-collisions.ts'

/** As much of a paragraph as the contract takes. */
const MOST = 4_000

/** Both texts of a paragraph, as a version tells of them; what was taken out is empty. */
export function toldCollision({ mine, theirs }: Collision): { mine: string; theirs: string } {
  const told = (side: Collision['mine']) => (side ? textOf(side).slice(0, MOST) : '')
  return { mine: told(mine), theirs: told(theirs) }
}
