import { array, assert, constantFrom, nat, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { stateVectorOf } from './update-vector.ts'

type Edit = (doc: Y.Doc, at: number) => void

const place = (length: number, at: number) => (length === 0 ? 0 : at % length)
/** One edit of each kind of content that Yjs knows. */
const EDITS: readonly Edit[] = [
  (doc, at) => doc.getText('t').insert(place(doc.getText('t').length, at), 'plain'),
  (doc, at) => doc.getText('t').insert(place(doc.getText('t').length, at), 'ü文🦉é'),
  (doc, at) => {
    const text = doc.getText('t')
    if (text.length > 3) text.delete(place(text.length - 3, at), 3)
  },
  (doc, at) => doc.getText('t').format(0, place(doc.getText('t').length, at), { bold: true }),
  (doc, at) => doc.getText('t').insertEmbed(place(doc.getText('t').length, at), { image: 'x'.repeat(at) }),
  (doc, at) => doc.getMap('m').set(`key ${at % 3}`, [null, 1.5, 'text', { deep: [true, at] }]),
  (doc, at) => doc.getMap('m').set('bytes', new Uint8Array(at)),
  (doc) => doc.getMap('m').set('inner', new Y.Doc()),
  (doc, at) => doc.getMap('m').delete(`key ${at % 3}`),
  (doc, at) => doc.getArray('a').push([at, 'two', { none: undefined }, new Y.Map([['in', at]])]),
  (doc) => {
    if (doc.getArray('a').length > 1) doc.getArray('a').delete(0, 2)
  },
  (doc, at) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.setAttribute('level', String(at))
    paragraph.insert(0, [new Y.XmlText('words'), new Y.XmlHook('hook') as unknown as Y.XmlText])
    doc.getXmlFragment('x').insert(0, [paragraph])
  },
  (doc) => {
    if (doc.getXmlFragment('x').length > 0) doc.getXmlFragment('x').delete(0, 1)
  },
]
const edits = array(tuple(nat(1), constantFrom(...EDITS), nat(200)), { minLength: 1, maxLength: 60 })

/** What two people who write a document send. */
function written(done: readonly (readonly [number, Edit, number])[]): Uint8Array[] {
  const docs = [new Y.Doc(), new Y.Doc()]
  const updates: Uint8Array[] = []
  for (const doc of docs)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return
      updates.push(update)
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'other')
    })
  for (const [who, edit, at] of done) edit(docs[who] as Y.Doc, at)
  return updates
}

test('the vector of a state is the one that Yjs reads from it', () => {
  assert(
    property(edits, (done) => {
      const doc = new Y.Doc()
      for (const update of written(done)) Y.applyUpdate(doc, update)
      const state = Y.encodeStateAsUpdate(doc)
      expect(stateVectorOf(state)).toEqual(Y.encodeStateVectorFromUpdate(state))
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('of updates with gaps, what reaches back to the beginning counts', () => {
  assert(
    property(edits, nat(59), nat(59), (done, from, to) => {
      const updates = written(done)
      const some = updates.filter((_, n) => n < from || n > to)
      const merged = Y.mergeUpdates(some.length > 0 ? some : updates)
      expect(stateVectorOf(merged)).toEqual(Y.encodeStateVectorFromUpdate(merged))
    }),
    { seed: 2, numRuns: 200 },
  )
})

test('an empty update has an empty vector; what ends too early is none', () => {
  expect(stateVectorOf(new Uint8Array([0, 0]))).toEqual(new Uint8Array([0]))
  const [update = new Uint8Array()] = written([[0, EDITS[0] as Edit, 0]])
  expect(() => stateVectorOf(update.subarray(0, 6))).toThrow()
})
