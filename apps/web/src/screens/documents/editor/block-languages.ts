import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { scriptLanguage } from '../../../text/script-language.ts'

const key = new PluginKey<DecorationSet>('blockLanguages')

/** Says of each block of words in which language it stands, so that fonts, punctuation, slanting and leading follow the words. */
export const BlockLanguages = Extension.create({
  name: 'blockLanguages',
  addProseMirrorPlugins: () => [blockLanguages()],
})

export const blockLanguages = (): Plugin<DecorationSet> =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc }) => marked(DecorationSet.empty, doc, 0, doc.content.size),
      apply: (tr, held) => (tr.docChanged ? followed(held, tr) : held),
    },
    props: { decorations: (state) => key.getState(state) },
  })

/** Only the blocks that changed are looked at again: a long document is typed in like a short one. */
function followed(held: DecorationSet, tr: Transaction): DecorationSet {
  let set = held.map(tr.mapping, tr.doc)
  tr.mapping.maps.forEach((map, index) => {
    const later = tr.mapping.slice(index + 1)
    map.forEach((_from, _to, from, to) => {
      const end = Math.min(later.map(to, 1) + 1, tr.doc.content.size)
      set = marked(set, tr.doc, Math.max(later.map(from, -1) - 1, 0), end)
    })
  })
  return set
}

/** `set` with the blocks between two positions of `doc` looked at anew. */
function marked(set: DecorationSet, doc: Node, from: number, to: number): DecorationSet {
  const stale: Decoration[] = []
  const fresh: Decoration[] = []
  doc.nodesBetween(from, to, (node, at) => {
    if (!node.isTextblock) return true
    const end = at + node.nodeSize
    stale.push(...set.find(at, end).filter((one) => one.from < end && one.to > at))
    const lang = node.type.spec.code ? undefined : scriptLanguage(node.textContent)
    if (lang) fresh.push(Decoration.node(at, end, { lang }))
    return false
  })
  return set.remove(stale).add(doc, fresh)
}
