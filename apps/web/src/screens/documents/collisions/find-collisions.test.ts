import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { textOf } from '../content.ts'
import { blocksOf } from './blocks.ts'
import { findCollisions } from './find-collisions.ts'

const isInline = (name: string) => name === 'mention'

/** A document of paragraphs, and a copy of it for each of two writers. */
function parted(...paragraphs: string[]) {
  const doc = new Y.Doc()
  doc.getXmlFragment('default').insert(
    0,
    paragraphs.map((words) => {
      const element = new Y.XmlElement('paragraph')
      element.insert(0, [new Y.XmlText(words)])
      return element
    }),
  )
  const base = Y.encodeStateAsUpdate(doc)
  const writer = () => {
    const own = new Y.Doc()
    Y.applyUpdate(own, base)
    return own
  }
  return { base, mine: writer(), theirs: writer() }
}

function textAt(doc: Y.Doc, index: number): Y.XmlText {
  const paragraph = doc.getXmlFragment('default').get(index)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error(`no text at ${index}`)
  return text
}

function collide({ base, mine, theirs }: { base: Uint8Array; mine: Y.Doc; theirs: Y.Doc }) {
  const here = Y.encodeStateAsUpdate(mine)
  const came = Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine))
  return findCollisions({ base, mine: here, came, field: 'default', isInline })
}

test('work on different paragraphs does not collide', () => {
  const sides = parted('one', 'two', 'three')
  textAt(sides.mine, 0).insert(0, 'mine ')
  textAt(sides.theirs, 2).insert(0, 'theirs ')
  expect(collide(sides)).toEqual([])
})

test('a paragraph both changed is told with all three texts', () => {
  const sides = parted('one', 'Slowness is a pace.')
  textAt(sides.mine, 1).insert(12, 'not ')
  textAt(sides.theirs, 1).insert(0, 'Perhaps: ')
  const [found, ...others] = collide(sides)
  expect(others).toEqual([])
  expect(found).toMatchObject({ kind: 'both' })
  const words = [found?.base, found?.mine, found?.theirs].map((node) => node && textOf(node))
  expect(words).toEqual(['Slowness is a pace.', 'Slowness is not a pace.', 'Perhaps: Slowness is a pace.'])
})

test('the same change on both sides is none', () => {
  const sides = parted('one')
  textAt(sides.mine, 0).insert(3, '!')
  textAt(sides.theirs, 0).insert(3, '!')
  expect(collide(sides)).toEqual([])
})

test('what I wrote in a paragraph that was taken out is kept, with its place', () => {
  const sides = parted('one', 'two', 'three')
  textAt(sides.mine, 1).insert(3, ' and more')
  sides.theirs.getXmlFragment('default').delete(1, 1)
  const [found] = collide(sides)
  expect(found).toMatchObject({ kind: 'removed-by-them', theirs: undefined })
  expect(found?.mine && textOf(found.mine)).toBe('two and more')
  const first = [...blocksOf(sides.theirs.getXmlFragment('default'), isInline).keys()][0]
  expect(found?.after).toBe(first)
})

test('what they wrote in a paragraph that I took out is kept', () => {
  const sides = parted('one', 'two')
  sides.mine.getXmlFragment('default').delete(0, 1)
  textAt(sides.theirs, 0).insert(3, ' again')
  const [found] = collide(sides)
  expect(found).toMatchObject({ kind: 'removed-by-me', mine: undefined, after: undefined })
  expect(found?.theirs && textOf(found.theirs)).toBe('one again')
})

test('paragraphs inside lists are blocks; marks and things in a line are part of them', () => {
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment('default')
  const list = new Y.XmlElement('bulletList')
  const item = new Y.XmlElement('listItem')
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  text.insert(0, 'read ')
  text.insert(5, 'slowly', { bold: {} })
  const mention = new Y.XmlElement('mention')
  mention.setAttribute('label', 'Maya')
  paragraph.insert(0, [text, mention])
  item.insert(0, [paragraph])
  list.insert(0, [item])
  fragment.insert(0, [list])
  const [block, ...others] = blocksOf(fragment, isInline).values()
  expect(others).toEqual([])
  expect(block?.text).toBe('read slowlyMaya')
  expect(block?.content.content?.[1]).toEqual({
    type: 'text',
    text: 'slowly',
    marks: [{ type: 'bold', attrs: {} }],
  })
})
