import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { type Anchor, type Range, rangeOf } from './anchors.ts'

/** A stretch of text that somebody commented on. */
export interface Anchored {
  readonly id: string
  readonly anchor: Anchor
}

interface Marks {
  readonly anchored: readonly Anchored[]
  readonly active: string | undefined
  readonly ranges: ReadonlyMap<string, Range>
  readonly decorations: DecorationSet
}

const key = new PluginKey<Marks>('anchorMarks')

type Given = Partial<Pick<Marks, 'anchored' | 'active'>>

interface MarkOptions {
  readonly onPick: (threadId: string) => void
}

/** Marks what was commented on. The marks are no part of the document: who only reads may comment. */
export const AnchorMarks = Extension.create<MarkOptions>({
  name: 'anchorMarks',
  addOptions: () => ({ onPick: () => {} }),
  addProseMirrorPlugins() {
    const { onPick } = this.options
    return [
      new Plugin<Marks>({
        key,
        state: {
          init: (_, state) => markedIn(state, { anchored: [], active: undefined }),
          apply: (tr, held, _, state) => {
            const given: Given | undefined = tr.getMeta(key)
            if (given || tr.getMeta(ySyncPluginKey) !== undefined)
              return markedIn(state, { ...held, ...given })
            // The shared document learns of one's own edit only after this: until then the marks move with the text.
            return tr.docChanged ? movedBy(tr, held) : held
          },
        },
        props: {
          decorations: (state) => key.getState(state)?.decorations,
          handleClick: (_, __, event) => {
            const { target } = event
            const mark = target instanceof Element ? target.closest('[data-thread]') : null
            if (mark instanceof HTMLElement && mark.dataset.thread) onPick(mark.dataset.thread)
            return false
          },
        },
      }),
    ]
  },
})

function markedIn(state: EditorState, { anchored, active }: Pick<Marks, 'anchored' | 'active'>): Marks {
  const ranges = new Map<string, Range>()
  for (const { id, anchor } of anchored) {
    const range = rangeOf(state, anchor)
    if (range) ranges.set(id, range)
  }
  const decorations = [...ranges].map(([id, { from, to }]) =>
    Decoration.inline(from, to, { class: id === active ? 'cmh on' : 'cmh', 'data-thread': id }),
  )
  return { anchored, active, ranges, decorations: DecorationSet.create(state.doc, decorations) }
}

function movedBy({ mapping, doc }: Transaction, held: Marks): Marks {
  const ranges = [...held.ranges].map(
    ([id, { from, to }]) => [id, { from: mapping.map(from, 1), to: mapping.map(to, -1) }] as const,
  )
  return { ...held, ranges: new Map(ranges), decorations: held.decorations.map(mapping, doc) }
}

/** Says what was commented on, and which of it is looked at. */
export const setAnchored = (state: EditorState, given: Given) => state.tr.setMeta(key, given)

/** Where each thread stands now; those whose words are gone are not among them. */
export const anchoredRanges = (state: EditorState): ReadonlyMap<string, Range> =>
  key.getState(state)?.ranges ?? new Map()
