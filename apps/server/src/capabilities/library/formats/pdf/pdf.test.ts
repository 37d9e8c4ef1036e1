import { pdfSentences, pdfWithoutText, pdfWithPassword, pdfWithText } from '@stoa/testkit/books/index'
import { describe, expect, it } from 'vitest'
import { readBook, refusal } from '../testing.ts'

describe('PDF', { timeout: 30_000 }, () => {
  const book = pdfWithText().then((bytes) => readBook(bytes, 'marsh.pdf'))

  it('has metadata, outline, labels and a cover', async () => {
    const { analysis } = await book
    expect(analysis).toMatchObject({
      format: 'pdf',
      opens: 'original',
      title: 'A History of the Marshes',
      authors: ['M. Arsh', 'F. En'],
      language: 'en',
      description: 'How the water was measured.',
      pageCount: 4,
      pageLabels: ['i', '1', '2', '3'],
      cover: { mediaType: 'image/png' },
      fixedLayout: true,
      warnings: [],
    })
    expect(analysis.toc).toEqual([
      { title: '1 The Survey', locator: { type: 'pdf', page: 0, fraction: 0 }, children: [] },
      { title: '2 The Embankment', locator: { type: 'pdf', page: 2, fraction: 0.5 }, children: [] },
    ])
  })

  it('gives passages with page, offsets and boxes', async () => {
    const { all } = await book
    const first = all.find(({ text }) => text.includes(pdfSentences.first))
    expect(first).toMatchObject({ sectionPath: ['1 The Survey'], sectionIndex: 0, language: 'en' })
    if (first?.locator.type !== 'pdf') throw new Error('not a PDF locator')
    expect(first.locator.page).toBe(0)
    // Two paragraphs of three lines each.
    expect(first.text.split('\n')).toHaveLength(2)
    expect(first.locator.quads).toHaveLength(6)
    const [x = 0, y = 0] = first.locator.quads?.[0] ?? []
    expect([Math.round(x), y > 680 && y < 692]).toEqual([72, true])
  })

  it('joins words over line ends, and leaves out running heads and page numbers', async () => {
    const { all } = await book
    const text = all.map((passage) => passage.text).join('\n')
    expect(text).toContain(pdfSentences.hyphenated)
    expect(text).not.toMatch(/HISTORY OF THE|^\d$|The Embankment/m)
  })

  it('reads Chinese set in a font the file does not hold', async () => {
    const { all } = await book
    expect(all.at(-1)).toMatchObject({ text: pdfSentences.chinese, language: 'zh', words: 10 })
  })

  it('says so when there is no text', async () => {
    const { analysis, all } = await readBook(await pdfWithoutText(), 'scan_of a page.pdf')
    expect(analysis).toMatchObject({ title: 'scan of a page', pageCount: 1 })
    expect(analysis.warnings.map(({ code }) => code)).toEqual(['metadata_missing', 'no_text'])
    expect(all).toEqual([])
  })

  it('is refused with a password, with DRM, cut off or broken', async () => {
    expect((await refusal(pdfWithPassword()))?.code).toBe('file.password')
    expect(await refusal(pdfWithPassword('EBX_HANDLER'))).toEqual({
      code: 'file.drm',
      params: { scheme: 'adept' },
    })
    const whole = await pdfWithText()
    expect((await refusal(whole.slice(0, whole.length * 0.7)))?.code).toBe('file.truncated')
    const broken = new TextEncoder().encode('%PDF-1.7\nnothing that follows is a document\n%%EOF\n')
    expect((await refusal(broken))?.code).toBe('file.damaged')
  })
})
