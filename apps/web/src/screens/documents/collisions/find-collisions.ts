import * as Y from 'yjs'
import type { ContentNode } from '../content.ts'
import { type Block, blocksOf } from './blocks.ts'

/** One paragraph that was changed here without the server, and by somebody else at the same time. */
export interface Collision {
  /** `client:clock` of the paragraph. */
  readonly blockId: string
  /** `both`: each changed it. Else one side took it out while the other changed it. */
  readonly kind: 'both' | 'removed-by-them' | 'removed-by-me'
  readonly base: ContentNode
  /** Undefined: taken out. */
  readonly mine: ContentNode | undefined
  readonly theirs: ContentNode | undefined
  /** The block it stood after, where it is gone. */
  readonly after: string | undefined
}

export interface Sides {
  /** States of the document: before it parted, as it is here, and what came from the server. */
  readonly base: Uint8Array
  readonly mine: Uint8Array
  readonly came: Uint8Array
  readonly field: string
  readonly isInline: (nodeName: string) => boolean
}

/** What collided when two lines of work on one document came together again. */
export function findCollisions({ base, mine, came, field, isInline }: Sides): Collision[] {
  const read = (...updates: readonly Uint8Array[]) => {
    const doc = new Y.Doc()
    for (const update of updates) Y.applyUpdate(doc, update)
    const blocks = blocksOf(doc.getXmlFragment(field), isInline)
    doc.destroy()
    return blocks
  }
  const [before, here, there] = [read(base), read(mine), read(base, came)]
  return [...before.values()].flatMap((block) => {
    const one = here.get(block.id)
    const other = there.get(block.id)
    const kind = kindOf(block, one, other)
    if (kind === undefined) return []
    const after = afterOf(block, before, kind === 'removed-by-them' ? there : here)
    const sides = { base: block.content, mine: one?.content, theirs: other?.content }
    return [{ blockId: block.id, kind, ...sides, after }]
  })
}

function kindOf(
  base: Block,
  mine: Block | undefined,
  theirs: Block | undefined,
): Collision['kind'] | undefined {
  const changed = (side: Block) => JSON.stringify(side.content) !== JSON.stringify(base.content)
  if (mine && theirs) {
    const apart = JSON.stringify(mine.content) !== JSON.stringify(theirs.content)
    return changed(mine) && changed(theirs) && apart ? 'both' : undefined
  }
  if (mine && changed(mine)) return 'removed-by-them'
  if (theirs && changed(theirs)) return 'removed-by-me'
  return undefined
}

/** The nearest block before it that is still there. */
function afterOf(
  block: Block,
  before: ReadonlyMap<string, Block>,
  still: ReadonlyMap<string, Block>,
): string | undefined {
  for (let id = block.after; id !== undefined; id = before.get(id)?.after) if (still.has(id)) return id
  return undefined
}
