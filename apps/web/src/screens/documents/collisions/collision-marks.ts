import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { idOf } from './blocks.ts'

/** A block of the document, in the editor's positions: from before it to after it. */
export interface BlockRange {
  readonly from: number
  readonly to: number
}

interface Marks {
  readonly ids: readonly string[]
  readonly decorations: DecorationSet
}

const key = new PluginKey<Marks>('collisionMarks')

/** A line beside every paragraph that two people changed apart. */
export const CollisionMarks = Extension.create({
  name: 'collisionMarks',
  addProseMirrorPlugins: () => [
    new Plugin<Marks>({
      key,
      state: {
        init: () => ({ ids: [], decorations: DecorationSet.empty }),
        apply: (tr, held, _, state) => {
          const given: readonly string[] | undefined = tr.getMeta(key)
          const moved = held.ids.length > 0 && (tr.docChanged || tr.getMeta(ySyncPluginKey) !== undefined)
          return given || moved ? markedIn(state, given ?? held.ids) : held
        },
      },
      props: { decorations: (state) => key.getState(state)?.decorations },
    }),
  ],
})

function markedIn(state: EditorState, ids: readonly string[]): Marks {
  const found = ids.flatMap((id) => {
    const range = blockRange(state, id)
    return range ? [Decoration.node(range.from, range.to, { class: 'collided' })] : []
  })
  return { ids, decorations: DecorationSet.create(state.doc, found) }
}

export const setCollided = (state: EditorState, ids: readonly string[]) => state.tr.setMeta(key, ids)

/** Where a block of the shared document stands in the editor; undefined: it is gone. */
export function blockRange(state: EditorState, blockId: string): BlockRange | undefined {
  const sync = ySyncPluginKey.getState(state)
  const element = sync?.binding ? findElement(sync.type, blockId) : undefined
  const node = element && sync.binding.mapping.get(element)
  if (!node || Array.isArray(node)) return undefined
  let found: BlockRange | undefined
  state.doc.descendants((each, at) => {
    if (each === node) found = { from: at, to: at + each.nodeSize }
    return found === undefined && !each.isTextblock
  })
  return found
}

function findElement(parent: Y.XmlFragment, id: string): Y.XmlElement | undefined {
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    const found = idOf(child) === id ? child : findElement(child, id)
    if (found) return found
  }
  return undefined
}
