import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { DocumentContent } from './document-content.ts'

/** What a person typed, deleting now and then, as the updates of each edit. */
function typed(edits: number): { readonly doc: Y.Doc; readonly updates: readonly Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('t')
  for (let n = 0; n < edits; n++) {
    if (n % 3 === 2) text.delete(n % text.length, 1)
    else text.insert((n * 7) % (text.length + 1), String(n))
  }
  return { doc, updates }
}

const textOf = (update: Uint8Array) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getText('t').toJSON()
}
const vectorOf = (bytes: Uint8Array) => Y.decodeStateVector(bytes)

test('a content stored as one update says the same before and after it was made into a document', () => {
  const { doc, updates } = typed(200)
  const stored = Y.mergeUpdates([...updates])
  const served = new DocumentContent([stored])
  const made = new DocumentContent(updates)
  expect(served.state()).toBe(stored)
  expect(textOf(served.state())).toBe(doc.getText('t').toJSON())
  expect(vectorOf(served.stateVector())).toEqual(vectorOf(Y.encodeStateVector(doc)))
  expect(vectorOf(made.stateVector())).toEqual(vectorOf(served.stateVector()))

  const half = new Y.Doc()
  for (const update of updates.slice(0, 100)) Y.applyUpdate(half, update)
  Y.applyUpdate(half, served.missingFrom(Y.encodeStateVector(half)))
  expect(half.getText('t').toJSON()).toBe(doc.getText('t').toJSON())
  expect(vectorOf(served.stateVector())).toEqual(vectorOf(Y.encodeStateVector(doc)))
  expect(served.compacted()).toEqual(made.compacted())
})

test('what is written on a stored content is relayed alone, and is in the state', () => {
  const { doc, updates } = typed(50)
  const content = new DocumentContent([Y.mergeUpdates([...updates])])
  const before = vectorOf(content.stateVector())
  const news: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => news.push(update))
  doc.getText('t').insert(0, 'Anew: ')
  const { update, changed } = content.apply(news)
  expect(changed).toBe(true)
  expect(update?.length).toBeLessThan(60)
  expect(textOf(content.state())).toBe(doc.getText('t').toJSON())
  expect(vectorOf(content.stateVector())).not.toEqual(before)
  expect(content.apply(news)).toEqual({ update: undefined, changed: false })
})

test('a stored update that waits for another is kept, and asks for what it waits for', () => {
  const { doc, updates } = typed(4)
  const [first = new Uint8Array(), ...later] = updates
  const content = new DocumentContent([Y.mergeUpdates(later)])
  const asked = Y.encodeStateAsUpdate(doc, content.stateVector())
  content.apply([asked, first])
  expect(textOf(content.state())).toBe(doc.getText('t').toJSON())
})

test('bytes that are no update fail when they are asked for, not later', () => {
  const broken = new DocumentContent([new Uint8Array([9, 9, 9])])
  expect(() => broken.stateVector()).toThrow()
  expect(() => broken.apply([])).toThrow()
})
