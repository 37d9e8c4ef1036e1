import {
  chineseHorizontal,
  chineseVertical,
  englishNovel,
  epub2WithNcx,
  mathAndSvg,
} from '@stoa/testkit/books/index'
import { describe, expect, it } from 'vitest'
import { analyse } from '../analyse.ts'
import type { TocItem } from '../types.ts'

const outline = (items: readonly TocItem[]): unknown[] =>
  items.map(({ title, children }) => (children.length > 0 ? [title, outline(children)] : title))

describe('analysis of EPUB 3', () => {
  it('reads metadata, refinements and the nested table of contents', async () => {
    const book = await analyse({ name: 'whatever.bin', bytes: englishNovel() })
    expect(book).toMatchObject({
      format: 'epub',
      opens: 'original',
      title: 'The Harrow Point Ledger',
      authors: ['Ada Example'],
      language: 'en-GB',
      identifiers: [{ scheme: 'isbn', value: '9783161484100' }],
      publisher: 'Strait Press',
      published: '2021-10-05',
      description: 'A lamp goes out & nobody notices.\n\nA ledger remembers.',
      series: { name: 'The Strait', index: 2 },
      subjects: ['Fiction', 'Lighthouses'],
      direction: 'ltr',
      verticalWriting: false,
      cover: { mediaType: 'image/png' },
      warnings: [],
    })
    expect(outline(book.toc)).toEqual([
      ['Part One: The Ledger', [['1. The Lamp', ['The crossing', 'What the ledger said']], '2. The Stores']],
      ['Part Two: The Door', ['3. The Door']],
    ])
    expect(book.toc[0]?.children[0]?.children[0]).toMatchObject({
      href: 'EPUB/chapter1.xhtml#crossing',
      locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4)', sectionIndex: 1 },
    })
    expect(book.sections.map(({ title }) => title)).toEqual([
      'Part One: The Ledger',
      '1. The Lamp',
      '2. The Stores',
      'Part Two: The Door',
      '3. The Door',
    ])
    expect(book.characters).toBeGreaterThan(3000)
  })

  it('knows vertical writing and the direction of its pages', async () => {
    const vertical = await analyse({ name: 'a', bytes: chineseVertical() })
    expect(vertical).toMatchObject({ verticalWriting: true, direction: 'rtl', language: 'zh-Hans' })
    const horizontal = await analyse({ name: 'b', bytes: chineseHorizontal() })
    expect(horizontal).toMatchObject({
      verticalWriting: false,
      direction: 'ltr',
      authors: ['周示例', '陈示例'],
      series: { name: '小镇', index: 1.5 },
    })
  })

  it('reads books of formulas and drawings', async () => {
    const book = await analyse({ name: 'a', bytes: mathAndSvg() })
    expect(book.title).toBe('Figures & Proofs')
    expect(book.warnings).toEqual([])
  })
})

describe('analysis of EPUB 2', () => {
  it('reads NCX, guide, opf: attributes, encoded and wrongly cased hrefs', async () => {
    const book = await analyse({ name: 'old.epub', bytes: epub2WithNcx() })
    expect(book).toMatchObject({
      title: 'Old Roads',
      authors: ['Ann Walker'],
      published: '1909',
      identifiers: [
        { scheme: 'uuid', value: '2f0c4c1e-58d1-4f57-9d1e-3f6f3c1f9a10' },
        { scheme: 'isbn', value: '9780306406157' },
      ],
      cover: { mediaType: 'image/png' },
      warnings: [],
    })
    expect(outline(book.toc)).toEqual([['The Ridgeway', ['Chalk']], 'The Causeway'])
    expect(book.sections.map(({ characters, linear }) => [characters > 100, linear])).toEqual([
      [false, false],
      [true, true],
      [true, true],
    ])
  })
})
