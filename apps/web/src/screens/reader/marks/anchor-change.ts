import type { HighlightFields, LocalHighlight } from '../../../offline/types.ts'
import type { HighlightStatus } from '../../../reader/engine/index.ts'
import { toWire } from '../place/wire-locator.ts'

/**
 * What to remember of where a highlight was found: that it moved and where to, or that it is lost. Nothing when it stands
 * where it is stored, so that looking at a book again writes nothing.
 */
export function anchorChange(
  stored: Pick<LocalHighlight, 'mine' | 'anchor_status' | 'locator'>,
  found: HighlightStatus,
): Partial<HighlightFields> | undefined {
  if (!stored.mine) return undefined
  if (found.status === 'lost' || found.locator === undefined)
    return stored.anchor_status === 'lost' ? undefined : { anchor_status: 'lost' }
  if (found.status === 'exact')
    return stored.anchor_status === 'lost' ? { anchor_status: 'exact' } : undefined
  const locator = toWire(found.locator)
  if (stored.anchor_status === found.status && samePlace(stored.locator, locator)) return undefined
  return { anchor_status: found.status, locator }
}

function samePlace(a: LocalHighlight['locator'], b: LocalHighlight['locator']): boolean {
  if (a.type === 'epub' && b.type === 'epub') return a.cfi === b.cfi
  return a.type === 'pdf' && b.type === 'pdf' && a.page === b.page && a.start === b.start && a.end === b.end
}
