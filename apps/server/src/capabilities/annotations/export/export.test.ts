import { expect, test } from 'vitest'
import type { Highlight, Note } from '../views.ts'
import { toJsonLd } from './jsonld.ts'
import { toMarkdown } from './markdown.ts'

const highlight: Highlight = {
  id: '0194a000-0000-7000-8000-00abcdef0123',
  book_id: '0194a000-0000-7000-8000-000000000001',
  book_title: 'Walden',
  workspace_id: '0194a000-0000-7000-8000-000000000002',
  locator: { type: 'epub', cfi: 'epubcfi(/6/8!/4/2,/1:0,/1:12)', fraction: 0.31 },
  quote: { exact: '# To read well\nis a noble exercise', prefix: '', suffix: ', and one' },
  chapter: 'Reading',
  color: 'sage',
  note: 'Training, not leisure.',
  tags: ['reading', 'slow reading'],
  visibility: 'private',
  anchor_status: 'exact',
  author: { account_id: '0194a000-0000-7000-8000-000000000003', display_name: '顾晚' },
  mine: true,
  version: 1,
  created_at: '2026-11-21T10:00:00.000Z',
  updated_at: '2026-11-21T10:00:00.000Z',
  deleted_at: null,
}
const { chapter: _, color: __, anchor_status: ___, ...shared } = highlight
const note: Note = {
  ...shared,
  highlight_id: null,
  title: '功夫',
  body: 'The training and the time are one word.',
}
const book = { id: highlight.book_id, title: 'Walden', authors: ['Henry David Thoreau'] }

test('Markdown has properties, chapters, quotations and lasting block ids', () => {
  const text = toMarkdown(
    [{ ...book, highlights: [highlight], notes: [note] }],
    (mark) => `https://read.example/b/${mark.id}`,
  )
  expect(text).toBe(`---
title: "Walden"
author: ["Henry David Thoreau"]
stoa-id: ${book.id}
tags: ["reading", "slow reading"]
---

# Walden

Henry David Thoreau

## Reading

> \\# To read well
> is a noble exercise
^h-abcdef0123

Training, not leisure.

#reading #slow-reading

[sage](https://read.example/b/${highlight.id})

## Notes

### 功夫

> \\# To read well
> is a noble exercise

The training and the time are one word.
^h-abcdef0123

#reading #slow-reading

`)
})

test('JSON-LD carries the place, the words, the comment and the tags', () => {
  const parsed = JSON.parse(toJsonLd([highlight], [note], 'https://read.example'))
  expect(parsed.total).toBe(2)
  const [mark, remark] = parsed.first.items
  expect(mark.motivation).toBe('highlighting')
  expect(mark.target.selector).toEqual([
    {
      type: 'FragmentSelector',
      conformsTo: 'http://www.idpf.org/epub/linking/cfi/epub-cfi.html',
      value: 'epubcfi(/6/8!/4/2,/1:0,/1:12)',
    },
    { type: 'TextQuoteSelector', ...highlight.quote },
  ])
  expect(mark.body.map((body: { purpose: string }) => body.purpose)).toEqual([
    'commenting',
    'tagging',
    'tagging',
  ])
  expect(remark.motivation).toBe('commenting')
})

test('a note without a book has no target', () => {
  const parsed = JSON.parse(
    toJsonLd([], [{ ...note, book_id: null, locator: null, quote: null }], 'https://read.example'),
  )
  expect(parsed.first.items[0]).not.toHaveProperty('target')
})
