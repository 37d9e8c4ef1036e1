import { expect, test } from 'vitest'
import type { ContentNode } from '../content.ts'
import { changedWords, diffDocuments } from './diff-documents.ts'
import { diffWords } from './diff-words.ts'

const text = (words: string): ContentNode => ({ type: 'text', text: words })
const paragraph = (words: string): ContentNode => ({ type: 'paragraph', content: [text(words)] })
const heading = (words: string): ContentNode => ({
  type: 'heading',
  attrs: { level: 2 },
  content: [text(words)],
})
const doc = (...content: ContentNode[]): ContentNode => ({ type: 'doc', content })

test('words that went and came are told, what stayed is one piece', () => {
  expect(diffWords('a thing done daily', 'a thing never done')).toEqual([
    { kind: 'same', text: 'a thing ' },
    { kind: 'added', text: 'never ' },
    { kind: 'same', text: 'done' },
    { kind: 'removed', text: ' daily' },
  ])
  expect(diffWords('', '')).toEqual([])
  expect(diffWords('慢读', '慢读是功夫')[0]).toEqual({ kind: 'same', text: '慢读' })
})

test('either side can be put together again from the pieces', () => {
  const before = 'It is how many times you are willing to turn back, and no pace at all.'
  const after = 'It is how often you are willing, and able, to turn back.'
  const pieces = diffWords(before, after)
  const side = (without: string) =>
    pieces
      .filter(({ kind }) => kind !== without)
      .map((piece) => piece.text)
      .join('')
  expect(side('added')).toBe(before)
  expect(side('removed')).toBe(after)
})

test('a changed paragraph is one line; new and removed ones stand alone', () => {
  const before = doc(
    heading('Training'),
    paragraph('We read slowly and turn back.'),
    paragraph('To be cut entirely.'),
  )
  const after = doc(
    heading('Training'),
    paragraph('We read slowly and never turn back.'),
    paragraph('Something else from nowhere.'),
  )
  const changes = diffDocuments(before, after)
  expect(changes.map(({ kind }) => kind)).toEqual(['same', 'changed', 'removed', 'added'])
  expect(changedWords(changes)).toEqual({ added: 5, removed: 4 })
})

test('a paragraph that became a heading changed without losing a word', () => {
  const changes = diffDocuments(doc(paragraph('Training')), doc(heading('Training')))
  expect(changes).toMatchObject([{ kind: 'changed', pieces: [] }])
  expect(changedWords(changes)).toEqual({ added: 0, removed: 0 })
})

test('items of lists are lines of their own', () => {
  const list = (...items: string[]): ContentNode => ({
    type: 'bulletList',
    content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
  })
  const changes = diffDocuments(doc(list('one', 'two')), doc(list('one', 'two', 'three')))
  expect(changes.map(({ kind, line }) => [kind, line.text])).toEqual([
    ['same', 'one'],
    ['same', 'two'],
    ['added', 'three'],
  ])
})

test('a citation stands as the words it cites', () => {
  const quote = { exact: 'In dealing with truth we are immortal.', prefix: '', suffix: '' }
  const changes = diffDocuments(doc(), doc({ type: 'citation', attrs: { book_id: 'b', quote } }))
  expect(changes.map(({ kind, line }) => [kind, line.text])).toEqual([['added', quote.exact]])
})
