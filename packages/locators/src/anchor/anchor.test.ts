import { describe, expect, it } from 'vitest'
import type { Locator } from '../locator.ts'
import { makeQuote } from '../quote/make.ts'
import { parseXhtml } from '../testing.ts'
import { anchor, anchorInSection } from './anchor.ts'
import { epubSection, pdfSection, type TextModel } from './model.ts'

const CHAPTERS = [
  '<h1>Economy</h1><p>I went to the woods because I wished to live deliberately.</p>',
  '<h1>Reading</h1><p>With a little more deliberation.</p><p>Books must be read as <em>deliberately</em> and reservedly as they were written.</p>',
  '<h1>Sounds</h1><p>But while we are confined to books, we are in danger.</p>',
]

function book(chapters: readonly string[]): TextModel {
  return { count: chapters.length, section: (index) => epubSection(parseXhtml(chapters[index] ?? ''), index) }
}

/** A highlight of `words` in the original book. */
function mark(words: string, section: number) {
  const text = epubSection(parseXhtml(CHAPTERS[section] ?? ''), section)
  const start = text.text.indexOf(words)
  const span = { start, end: start + words.length }
  return { locator: text.locatorOf(span), quote: makeQuote(text.text, span.start, span.end) }
}

async function textAt(
  model: TextModel,
  found: { section: number | undefined; locator: Locator | undefined },
) {
  const section = await model.section(found.section ?? -1)
  const span = found.locator && section?.spanOf(found.locator)
  return section?.text.slice(span?.start, span?.end)
}

const WORDS = 'Books must be read as deliberately'

describe('anchor', () => {
  it('ANC-1, QUO-4: the same book: exact, with the locator unchanged', async () => {
    const target = mark(WORDS, 1)
    const found = await anchor(book(CHAPTERS), target)
    expect(found).toMatchObject({ status: 'exact', score: 1, section: 1, locator: target.locator })
  })

  it('ANC-2, QUO-4: other markup, the same words: repaired, and the new locator points at them', async () => {
    const other = [...CHAPTERS]
    other[1] =
      '<div><section><h2>READING</h2><p>An epigraph.</p><p>With a little more deliberation.</p><p>Books <i>must</i> be read as deliberately and reservedly as they were written.</p></section></div>'
    const found = await anchor(book(other), mark(WORDS, 1))
    expect(found.status).toBe('repaired')
    expect(await textAt(book(other), found)).toBe(WORDS)
  })

  it('ANC-3: a chapter put in front: found in the next section', async () => {
    const model = book(['<p>Foreword.</p>', ...CHAPTERS])
    const found = await anchor(model, mark(WORDS, 1))
    expect(found).toMatchObject({ status: 'repaired', section: 2 })
    expect(await textAt(model, found)).toBe(WORDS)
  })

  it('QUO-4: edited words: approximate', async () => {
    const model = book([CHAPTERS[0] ?? '', (CHAPTERS[1] ?? '').replace('must be read', 'should be read'), ''])
    const found = await anchor(model, mark(WORDS, 1))
    expect(found.status).toBe('approximate')
    expect(await textAt(model, found)).toContain('should be read')
  })

  it('ANC-4, QUO-4: gone: lost, at the section it was in', async () => {
    const model = book([CHAPTERS[0] ?? '', '<p>Nothing of the kind remains here.</p>', CHAPTERS[2] ?? ''])
    const found = await anchor(model, mark(WORDS, 1))
    expect(found).toMatchObject({ status: 'lost', score: 0, section: 1, span: undefined })
    expect(found.locator).toMatchObject({ type: 'epub', sectionIndex: 1 })
    expect((await anchor(book([]), mark(WORDS, 1))).locator).toBeUndefined()
  })

  it('does not move a short common word to another sentence', async () => {
    const target = mark('books', 2)
    const model = book([CHAPTERS[0] ?? '', CHAPTERS[1] ?? '', '<p>There were books once.</p>'])
    expect((await anchor(model, target)).status).toBe('lost')
  })

  it('finds by its words what was stored with a broken CFI', async () => {
    const target = {
      ...mark(WORDS, 1),
      locator: { type: 'epub', cfi: 'epubcfi(/6/', sectionIndex: 1 },
    } as const
    expect(await anchor(book(CHAPTERS), target)).toMatchObject({ status: 'repaired', section: 1 })
  })

  it('anchors without a quote by locator alone', () => {
    const { locator } = mark(WORDS, 1)
    expect(anchorInSection(epubSection(parseXhtml(CHAPTERS[1] ?? ''), 1), { locator }).status).toBe('exact')
    expect(anchorInSection(epubSection(parseXhtml('<p>x</p>'), 1), { locator }).status).toBe('approximate')
  })

  it('anchors PDF pages by offset, then by words', async () => {
    const pages = ['First page.', 'To read well, that is, to read true books in a true spirit.']
    const model: TextModel = { count: 2, section: (i) => pdfSection(pages[i] ?? '', i) }
    const quote = makeQuote(pages[1] ?? '', 0, 12)
    expect(
      await anchor(model, { locator: { type: 'pdf', page: 1, start: 0, end: 12 }, quote }),
    ).toMatchObject({
      status: 'exact',
      section: 1,
    })
    expect(
      await anchor(model, { locator: { type: 'pdf', page: 0, start: 0, end: 12 }, quote }),
    ).toMatchObject({
      status: 'repaired',
      locator: { type: 'pdf', page: 1, start: 0, end: 12 },
    })
  })
})
