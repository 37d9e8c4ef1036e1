import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { readCaret } from './read-caret.ts'

interface Span {
  readonly from: number
  readonly to: number
  readonly classes: string
}
type Highlight = (language: string, code: string) => readonly Span[]

const key = new PluginKey<DecorationSet>('codeColours')

/** Larger blocks stay plain: colouring would be felt in typing. */
const LONGEST = 20_000

/** Colours of code, by its language. The colouring itself is fetched with the first block that names one. */
export const CodeColours = Extension.create({
  name: 'codeColours',
  addProseMirrorPlugins() {
    let highlight: Highlight | undefined
    let asked = false
    const known = new WeakMap<Node, readonly Span[]>()
    const spansOf = (block: Node): readonly Span[] => {
      const language = block.attrs.language
      if (typeof language !== 'string' || block.content.size > LONGEST) return []
      const held = known.get(block)
      if (held || !highlight) return held ?? []
      const spans = highlight(language, block.textContent)
      known.set(block, spans)
      return spans
    }
    const colour = (doc: Node): DecorationSet => {
      const found: Decoration[] = []
      doc.descendants((node, at) => {
        if (node.type.name !== 'codeBlock') return !node.isTextblock
        for (const { from, to, classes } of spansOf(node))
          found.push(Decoration.inline(at + 1 + from, at + 1 + to, { class: classes }))
        return false
      })
      return DecorationSet.create(doc, found)
    }
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, { doc }) => colour(doc),
          apply: (tr, held) => (tr.docChanged || tr.getMeta(key) ? colour(tr.doc) : held),
        },
        props: { decorations: (state) => key.getState(state) },
        view: (view) => {
          const fetchOnce = () => {
            if (asked || !hasCode(view.state.doc)) return
            asked = true
            void import('./highlight-code.ts').then((loaded) => {
              highlight = loaded.highlightCode
              if (view.isDestroyed) return
              readCaret(view)
              view.dispatch(view.state.tr.setMeta(key, true))
            })
          }
          fetchOnce()
          return { update: fetchOnce }
        },
      }),
    ]
  },
})

function hasCode(doc: Node): boolean {
  let found = false
  doc.descendants((node) => {
    found ||= node.type.name === 'codeBlock' && typeof node.attrs.language === 'string'
    return !found && !node.isTextblock
  })
  return found
}
