import {
  damageContent,
  englishNovel,
  evilEpub,
  evilSentence,
  type HostileBook,
  hostileBooks,
  plainEpubWith,
} from '@stoa/testkit/books/index'
import { describe, expect, it } from 'vitest'
import { readBook, refusal } from './testing.ts'

const books = await hostileBooks()
const title = ({ what, code }: HostileBook) => `${what}: ${code ?? 'read as what it is'}`

describe('hostile files', { timeout: 20_000 }, () => {
  it.each(books.map((book) => [title(book), book] as const))(
    '%s',
    async (_, { bytes, name, code, params }) => {
      const refused = await refusal(bytes, name)
      expect(refused?.code).toBe(code)
      if (params) expect(refused?.params).toMatchObject(params)
    },
  )

  it('reads the words of a book that tries to run code', async () => {
    const { analysis, all } = await readBook(evilEpub())
    const text = all.map((passage) => passage.text).join('\n')
    expect(text).toContain(evilSentence)
    expect(text).not.toContain('PWNED')
    expect(analysis.description).toBe('Plain words.')
  })

  it('takes external entities for nothing and leaves a bomb of entities unexploded', async () => {
    const named = (what: string) => books.find((book) => book.what === what)?.bytes ?? new Uint8Array()
    expect((await readBook(named('external entities'))).analysis.title).toBe('Plain')
    const laughs = await readBook(named('a bomb of entities'))
    expect(laughs.all[0]?.text.length).toBeLessThan(100)
  })

  it('keeps a book whose picture is damaged, and says so', async () => {
    const { analysis } = await readBook(damageContent(englishNovel(), 'EPUB/images/island.png'))
    expect(analysis.warnings).toEqual([
      { code: 'resource_damaged', params: { part: 'EPUB/images/island.png' } },
    ])
  })

  it('keeps a book whose cover is damaged, and does without', async () => {
    const { analysis } = await readBook(damageContent(englishNovel(), 'EPUB/images/cover.png'))
    expect(analysis.warnings.map(({ code }) => code)).toEqual(['cover_unreadable', 'resource_damaged'])
    expect(analysis.title).toBe('The Harrow Point Ledger')
  })

  it('keeps a book with bytes after its end', async () => {
    const bytes = new Uint8Array([...englishNovel(), ...new Uint8Array(100)])
    const { analysis, all } = await readBook(bytes)
    expect(analysis.warnings).toEqual([{ code: 'trailing_bytes', params: { bytes: 100 } }])
    expect(all.length).toBeGreaterThan(10)
  })

  it('keeps a book without a title, named by its file', async () => {
    const opf =
      '<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="gone"/></spine></package>'
    const { analysis } = await readBook(plainEpubWith({ 'EPUB/package.opf': opf }), 'dir/some_book.epub')
    expect(analysis).toMatchObject({ title: 'some book', authors: [], language: 'en' })
    expect(analysis.sections).toHaveLength(1)
    expect(analysis.warnings.map(({ code }) => code)).toEqual(['metadata_missing', 'toc_missing'])
  })

  it('reads UTF-16 and says so', async () => {
    const markup =
      '\ufeff<?xml version="1.0" encoding="utf-16"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>山中无历日</p></body></html>'
    const { analysis, all } = await readBook(
      plainEpubWith({ 'EPUB/a.xhtml': Buffer.from(markup, 'utf16le') }),
    )
    expect(all[0]?.text).toBe('山中无历日')
    expect(analysis.warnings).toEqual([
      { code: 'section_not_utf8', params: { part: 'EPUB/a.xhtml', encoding: 'utf-16le' } },
    ])
  })
})
