import { editorExtensions } from '@stoa/document-schema'
import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { canSplit } from '@tiptap/pm/transform'
import { DecorationSet } from '@tiptap/pm/view'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockLanguages } from './block-languages.ts'

const schema = getSchema(editorExtensions([]))
const ENGLISH = 'To read well is a noble exercise.'
const CHINESE = '希望是本无所谓有，无所谓无的。'

const stateOf = (...paragraphs: readonly string[]) => {
  const blocks = paragraphs.map((words) => schema.node('paragraph', null, words ? [schema.text(words)] : []))
  return EditorState.create({ doc: schema.node('doc', null, blocks), plugins: [blockLanguages()] })
}
/** The language of each paragraph, as the editor is told it. */
const languages = (state: EditorState): (string | undefined)[] => {
  const source = state.plugins[0]?.props.decorations?.call(state.plugins[0], state)
  const set = source instanceof DecorationSet ? source : DecorationSet.empty
  const found: (string | undefined)[] = []
  state.doc.descendants((node, at) => {
    if (!node.isTextblock) return true
    const end = at + node.nodeSize
    const own = set.find(at, end).filter(({ from, to }) => from === at && to === end)
    expect(own.length).toBeLessThan(2)
    found.push(JSON.stringify(own[0]?.spec ? own[0] : null).match(/"lang":"(\w+)"/)?.[1])
    return false
  })
  return found
}

/** Where a caret can stand. */
const placesIn = ({ doc }: EditorState) =>
  Array.from({ length: doc.content.size }, (_, at) => at).filter((at) => doc.resolve(at).parent.isTextblock)

test('a paragraph says its language, and one without letters says none', () => {
  expect(languages(stateOf(ENGLISH, CHINESE, '', '1 + 1 = 2'))).toEqual(['en', 'zh', undefined, undefined])
})

test('whatever is typed, cut or split, each paragraph stands as one that was opened so', () => {
  const words = fc.constantFrom(ENGLISH, CHINESE, '', ' ', '路', 'a')
  const edit = fc.record({ from: fc.nat(), size: fc.nat({ max: 30 }), words, split: fc.boolean() })
  const property = fc.property(
    fc.array(words, { minLength: 1, maxLength: 5 }),
    fc.array(edit),
    (start, edits) => {
      let state = stateOf(...start)
      for (const { from, size, words, split } of edits) {
        const places = placesIn(state)
        const start = from % places.length
        const [at, to] = [places[start] ?? 1, places[Math.min(start + size, places.length - 1)] ?? 1]
        const tr = state.tr.insertText(words, at, to)
        const middle = tr.mapping.map(at)
        if (split && canSplit(tr.doc, middle)) tr.split(middle)
        state = state.apply(tr)
      }
      const again = EditorState.create({ doc: state.doc, plugins: [blockLanguages()] })
      expect(languages(state)).toEqual(languages(again))
    },
  )
  fc.assert(property, { seed: 20261122, numRuns: 200 })
})
