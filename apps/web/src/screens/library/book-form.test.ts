import { expect, test } from 'vitest'
import type { Book } from '../../data/books.ts'
import { bookForm, changesOf } from './book-form.ts'

const book = {
  title: '红楼梦',
  subtitle: null,
  authors: ['曹雪芹', '高鹗'],
  series: null,
  series_index: null,
  language: 'zh',
  publisher: null,
  published: '1791',
  tags: ['古典'],
  description: null,
} as unknown as Book

test('nothing touched is nothing changed', () => {
  expect(changesOf(book, bookForm(book))).toEqual({})
})

test('only what was touched is sent, lists taken apart in both punctuations', () => {
  const form = {
    ...bookForm(book),
    authors: '曹雪芹；高鹗； 程伟元',
    tags: '古典，小说, 古典',
    subtitle: ' 石头记 ',
  }
  expect(changesOf(book, form)).toEqual({
    authors: ['曹雪芹', '高鹗', '程伟元'],
    tags: ['古典', '小说'],
    subtitle: '石头记',
  })
})

test('numbers and languages that make no sense change nothing', () => {
  expect(changesOf(book, { ...bookForm(book), seriesIndex: 'three', language: '??' })).toEqual({})
  expect(changesOf(book, { ...bookForm(book), seriesIndex: '3,5' })).toEqual({ series_index: 3.5 })
})
