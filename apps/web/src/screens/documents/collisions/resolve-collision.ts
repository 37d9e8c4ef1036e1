import type { Editor } from '@tiptap/core'
import type { KeptCollision, OfflineDatabase } from '../../../offline/database.ts'
import type { ContentNode } from '../content.ts'
import { blockRange } from './collision-marks.ts'

/** Leaves the document as the merge made it. */
export const keepMerged = (database: OfflineDatabase, { id }: KeptCollision): Promise<void> =>
  database.collisions.delete(id)

/**
 * Makes the paragraph say what one side had; an edit like any other, which undo takes back. A side that had taken it out takes
 * it out; where it is gone it comes back to its place, or to the end when its place is gone, too.
 */
export async function takeSide(
  database: OfflineDatabase,
  editor: Editor,
  collision: KeptCollision,
  side: 'mine' | 'theirs',
): Promise<void> {
  const range = blockRange(editor.state, collision.blockId)
  const content: ContentNode | undefined = collision[side]
  if (range && content) {
    // Inside the paragraph, so that it stays the same one for everybody else.
    const inner = { from: range.from + 1, to: range.to - 1 }
    const node = editor.schema.nodeFromJSON(json(content))
    if (node.isTextblock) editor.chain().focus().insertContentAt(inner, node.content).run()
    else editor.chain().focus().insertContentAt(range, node).run()
  } else if (range) editor.chain().focus().deleteRange(range).run()
  else if (content) {
    const node = editor.schema.nodeFromJSON(json(content))
    editor.chain().focus().insertContentAt(placeFor(editor, collision), node).run()
  }
  await database.collisions.delete(collision.id)
}

/** After the block it stood after, outside of lists and tables. */
function placeFor({ state }: Editor, { after }: KeptCollision): number {
  if (after === undefined) return 0
  const before = blockRange(state, after)
  if (!before) return state.doc.content.size
  const at = state.doc.resolve(before.to)
  return at.depth === 0 ? before.to : at.after(1)
}

/** Of marks without attributes the binding leaves an empty object, or `true`: ProseMirror wants neither. */
function json(node: ContentNode): ContentNode {
  const marks = node.marks?.map(({ type, attrs }) =>
    typeof attrs === 'object' && attrs !== null && Object.keys(attrs).length > 0 ? { type, attrs } : { type },
  )
  return { ...node, ...(marks && { marks }), ...(node.content && { content: node.content.map(json) }) }
}
