import { Extension, getSchema } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { editorExtensions } from './extensions.ts'
import { toHtml } from './html.ts'
import { fromMarkdown } from './markdown/parse.ts'
import { Citation } from './nodes/citation.ts'
import { toDocument } from './normalize.ts'
import { DOCUMENT_FRAGMENT, documentSchema } from './schema.ts'
import { documentJson } from './testing.ts'
import { mentionsOf, outlineOf, toPlainText, wordCount } from './text.ts'
import { documentUpdate, readDocument, writeDocument } from './y-content.ts'

const seeded = { seed: 20_261_122, numRuns: 200 }
const described = ({ nodes, marks }: Schema) => ({
  nodes: Object.entries(nodes).map(([name, { spec }]) => [
    name,
    spec.content,
    spec.group,
    spec.attrs,
    spec.marks,
  ]),
  marks: Object.entries(marks).map(([name, { spec }]) => [name, spec.excludes, spec.attrs]),
})

describe('the schema', () => {
  it('of an editor with its own views and plugins is the same', () => {
    const views = Citation.extend({ addNodeView: () => () => ({ dom: {} as never }) })
    const editor = getSchema(editorExtensions([views, Extension.create({ name: 'presence' })]))
    expect(described(editor).nodes.toSorted()).toEqual(described(documentSchema).nodes.toSorted())
    expect(described(editor).marks).toEqual(described(documentSchema).marks)
  })
})

describe('a Y.Doc', () => {
  it('says what was written into it, also where that came twice', () => {
    fc.assert(
      fc.property(documentJson, (json) => {
        const doc = toDocument(json)
        const ydoc = new Y.Doc()
        Y.applyUpdate(ydoc, documentUpdate(doc))
        Y.applyUpdate(ydoc, documentUpdate(doc))
        expect(readDocument(ydoc).toJSON()).toEqual(doc.toJSON())
      }),
      seeded,
    )
  })

  it('comes to say any other document by one edit', () => {
    fc.assert(
      fc.property(documentJson, documentJson, (before, after) => {
        const ydoc = new Y.Doc()
        writeDocument(ydoc, toDocument(before))
        writeDocument(ydoc, toDocument(after))
        expect(readDocument(ydoc).toJSON()).toEqual(toDocument(after).toJSON())
      }),
      seeded,
    )
  })

  it('keeps what somebody else writes while a paragraph elsewhere is changed', () => {
    const [one, other] = [new Y.Doc(), new Y.Doc()]
    Y.applyUpdate(one, documentUpdate(fromMarkdown('first\n\nsecond\n\nthird').doc))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    writeDocument(one, fromMarkdown('first\n\nsecond, changed\n\nthird').doc)
    const third = other.getXmlFragment(DOCUMENT_FRAGMENT).get(2) as Y.XmlElement
    ;(third.get(0) as Y.XmlText).insert(5, ' by another')
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    expect(toPlainText(readDocument(one))).toBe('first\nsecond, changed\nthird by another')
  })

  it('with anything else in it is read without a fault and without a change', () => {
    const ydoc = new Y.Doc()
    const element = new Y.XmlElement('script')
    const link = new Y.XmlText()
    ydoc.getXmlFragment(DOCUMENT_FRAGMENT).insert(0, [element])
    element.insert(0, [link])
    link.insert(0, 'words', { 'link--abcdefgh': { href: 'javascript:alert(1)' } })
    const state = Y.encodeStateAsUpdate(ydoc)
    expect(readDocument(ydoc).toJSON().content).toEqual([
      { type: 'paragraph', content: [{ type: 'text', text: 'words' }] },
    ])
    expect(Y.encodeStateAsUpdate(ydoc)).toEqual(state)
  })
})

describe('what a document says', () => {
  const { doc } = fromMarkdown(
    '# Slow reading\n\nA *well-known* word, 慢读, and [@Maya](stoa:account/0197a000-0000-7000-8000-000000000002).\n\n## Next\n\n<script>alert("x")</script>',
  )

  it('is counted, outlined and searched for mentions', () => {
    expect(wordCount(doc)).toBe(2 + 7 + 1 + 4)
    expect(outlineOf(doc).map(({ level, text }) => [level, text])).toEqual([
      [1, 'Slow reading'],
      [2, 'Next'],
    ])
    expect(mentionsOf(doc)).toEqual([
      { accountId: '0197a000-0000-7000-8000-000000000002', line: 'A well-known word, 慢读, and @Maya.' },
    ])
  })

  it('is escaped in HTML, whatever it is', () => {
    expect(toHtml(doc)).toContain('<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p>')
    fc.assert(
      fc.property(documentJson, (json) => {
        const html = toHtml(toDocument(json), { imageUrl: () => 'a.png' })
        expect(html).not.toMatch(/<(?:script|b>)|javascript:|href="(?!https:|\/|mailto:|#)/)
      }),
      seeded,
    )
  })
})
