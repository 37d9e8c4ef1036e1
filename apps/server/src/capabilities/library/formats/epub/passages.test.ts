import {
  buildEpub,
  chineseHorizontal,
  chineseSentences,
  chineseVertical,
  englishNovel,
  epub2WithNcx,
  generatedBook,
  mathAndSvg,
  novelSentences,
} from '@stoa/testkit/books/index'
import { DOMParser } from '@xmldom/xmldom'
import * as foliate from 'foliate-js/epubcfi.js'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../source.ts'
import { readBook } from '../testing.ts'
import { decodeMarkup } from '../text/decode.ts'
import type { Passage } from '../types.ts'
import { ZipArchive } from '../zip/archive.ts'
import { openEpub } from './book.ts'

async function read(bytes: Uint8Array): Promise<Passage[]> {
  return (await readBook(bytes)).all
}

const one = (body: string, language = 'en') =>
  buildEpub({
    title: 'T',
    language,
    identifier: 'urn:x:1',
    chapters: [{ file: 'a.xhtml', title: 'A', body }],
  })

interface DomPoint {
  node: { nodeValue: string | null }
  offset: number
}

/** What foliate-js finds in the document for a CFI: the text before and after its two ends. */
function resolve(cfi: string, document: object): { from: string; to: string } {
  const ends: Partial<Record<'start' | 'end', DomPoint>> = {}
  const range = {
    setStart: (node: DomPoint['node'], offset: number) => Object.assign(ends, { start: { node, offset } }),
    setEnd: (node: DomPoint['node'], offset: number) => Object.assign(ends, { end: { node, offset } }),
  }
  Object.assign(document, { createRange: () => range })
  const parts = foliate.parse(cfi) as { parent: unknown[] }
  parts.parent.shift()
  foliate.toRange(document, parts)
  return {
    from: ends.start?.node.nodeValue?.slice(ends.start.offset) ?? '',
    to: ends.end?.node.nodeValue?.slice(0, ends.end.offset) ?? '',
  }
}

const squeeze = (text: string) => text.replace(/\s+/g, '')

describe('locators of passages', () => {
  const books = {
    englishNovel,
    chineseVertical,
    chineseHorizontal,
    epub2WithNcx,
    mathAndSvg,
    generated: () => generatedBook(7, 2).bytes,
    ragged: () =>
      one(
        '<p>\n  one <b>two</b>\n three<!-- c -->four <![CDATA[five]]>\n</p>\n<div>loose <p>inner</p> tail</div>',
      ),
  }

  it.each(Object.entries(books))('foliate-js finds both ends of every passage: %s', async (_, make) => {
    const bytes = make()
    const book = await openEpub(await ZipArchive.open(bytesSource(bytes)))
    const documents = await Promise.all(
      book.sections.map(async ({ entry }) => {
        const { text } = decodeMarkup(entry ? await book.archive.read(entry) : new Uint8Array())
        return new DOMParser().parseFromString(text, 'application/xhtml+xml')
      }),
    )
    const all = await read(bytes)
    expect(all.length).toBeGreaterThan(0)
    for (const { locator, text, sectionIndex } of all) {
      if (locator.type !== 'epub') throw new Error('not an EPUB locator')
      const { from, to } = resolve(locator.cfi, documents[sectionIndex] ?? {})
      const words = squeeze(text)
      const start = squeeze(from).slice(0, Math.min(12, words.length))
      const end = squeeze(to).slice(-Math.min(12, words.length))
      expect(start.length * end.length).toBeGreaterThan(0)
      expect(words.startsWith(start)).toBe(true)
      expect(words.endsWith(end)).toBe(true)
    }
  })

  it('grow through the book', async () => {
    const fractions = (await read(englishNovel())).map(({ locator }) => locator.fraction ?? -1)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions[0]).toBeGreaterThanOrEqual(0)
    expect(fractions.at(-1)).toBeLessThan(1)
  })
})

describe('passages', () => {
  it('follow the structure of the book', async () => {
    const all = await read(englishNovel())
    const holding = (text: string) => all.find((passage) => passage.text.includes(text))
    expect(holding(novelSentences.opening)).toMatchObject({
      kind: 'text',
      sectionPath: ['Part One: The Ledger', '1. The Lamp'],
      language: 'en',
    })
    expect(holding('They crossed in the morning')?.sectionPath.at(-1)).toBe('The crossing')
    expect(holding(novelSentences.footnote)).toMatchObject({
      kind: 'footnote',
      text: novelSentences.footnote,
    })
    expect(holding(novelSentences.verse)).toMatchObject({ kind: 'verse' })
    expect(holding(novelSentences.table)?.text).toBe(
      'Store\tLeft\nBarrels of oil\t3\nWicks, boxes of twelve\t9\nTins of beef\t0',
    )
    expect(holding('the brass rule')?.text).toBe('the spare chimney glass,\nthe brass rule,\nthe keeper.')
    expect(all.map(({ ord }) => ord)).toEqual(all.map((_, i) => i))
  })

  it('leave out note numbers, ruby readings, scripts, hidden text and page numbers', async () => {
    const all = await read(englishNovel())
    expect(all.some(({ text }) => text.includes('as her father had done, and below it'))).toBe(true)
    const chinese = await read(chineseVertical())
    expect(chinese.some(({ text }) => text.includes(chineseSentences.ruby))).toBe(true)
    expect(chinese.some(({ text }) => text.includes('tīng'))).toBe(false)
    const [passage] = await read(
      one(
        '<p>Seen<script>x()</script><style>p{}</style> <span hidden="">gone</span><span epub:type="pagebreak">12</span>here.</p>',
      ),
    )
    expect(passage?.text).toBe('Seen here.')
  })

  it('give the words around them', async () => {
    const passage = (await read(englishNovel())).find(({ text }) => text.startsWith('They crossed'))
    expect(passage?.prefix).toBe('he harbour office. The crossing ')
    expect(passage?.suffix).toBe(' What the ledger said The ledger')
  })

  it('hold about 100 to 150 words or 180 to 250 Han characters, never more than the cap', async () => {
    for (const index of [0, 2]) {
      const all = await read(generatedBook(3, index).bytes)
      const words = all.map((passage) => passage.words)
      const mean = words.reduce((sum, each) => sum + each, 0) / words.length
      const han = all[0]?.language === 'zh'
      expect(mean).toBeGreaterThan(han ? 180 : 100)
      expect(mean).toBeLessThan(han ? 250 : 150)
      expect(Math.max(...words)).toBeLessThanOrEqual(han ? 366 : 220)
    }
  })

  it('cut endless paragraphs, sentences and runs, keeping every word', async () => {
    const sentences = Array.from({ length: 200 }, (_, i) => `Sentence number ${i} is here.`).join(' ')
    const endless = Array.from({ length: 900 }, (_, i) => `word${i}`).join(' ')
    const run = 'x'.repeat(9000)
    for (const text of [sentences, endless, run, '汉'.repeat(3000)]) {
      const all = await read(one(`<p>${text}</p>`))
      expect(squeeze(all.map((passage) => passage.text).join(''))).toBe(squeeze(text))
      expect(Math.max(...all.map(({ words }) => words))).toBeLessThanOrEqual(366)
    }
  })

  it('never cross a heading, and keep a long list whole up to the cap', async () => {
    const items = Array.from({ length: 60 }, (_, i) => `<li>entry ${i} of the list goes on</li>`).join('')
    const all = await read(one(`<h1>A</h1><p>short</p><h2>B</h2><p>also short</p><ul>${items}</ul>`))
    expect(all.map(({ sectionPath }) => sectionPath.join('>')).slice(0, 2)).toEqual(['A', 'A>B'])
    const list = all.filter(({ kind }) => kind === 'list')
    expect(list.length).toBeGreaterThan(1)
    for (const { text } of list) expect(text).toMatch(/^entry \d+ .* on$/s)
  })

  it('read chapters that are not well-formed as a browser would', async () => {
    const all = await read(one('<p>unclosed <br> & bare <b>bold</p><p>next&nbsp;one</p>'))
    expect(squeeze(all.map(({ text }) => text).join(''))).toBe('unclosed&bareboldnextone')
  })

  it('join lines of Chinese without a space and mark quotations in another script', async () => {
    const [chinese, english] = await read(
      one('<p>这是第一行\n这是第二行。</p><h2>x</h2><p>The same in English, at some length.</p>', 'zh'),
    )
    expect(chinese).toMatchObject({ text: '这是第一行这是第二行。', language: 'zh' })
    expect(english?.language).toBe('en')
  })
})
