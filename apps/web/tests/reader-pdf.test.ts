import { pdfSentences, pdfWithPassword, pdfWithText } from '@stoa/testkit/books/pdf'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Reader, type ReaderPage, startReader } from './support/reader-page.ts'

const PAGES = 60
const SENTENCE = 'in dealing with truth we are immortal'

async function longPdf(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.TimesRoman)
  for (let n = 1; n <= PAGES; n++) {
    const page = pdf.addPage([420, 595])
    page.drawText(`Leaf ${n}`, { x: 60, y: 520, size: 22, font })
    page.drawText(`For ${SENTENCE},`, { x: 60, y: 480, size: 13, font })
    page.drawText(`and need fear no change on leaf ${n}.`, { x: 60, y: 460, size: 13, font })
  }
  return pdf.save()
}

let reader: Reader
let book: ReaderPage

beforeAll(async () => {
  reader = await startReader()
  reader.server.addBook('marsh.pdf', await pdfWithText())
  reader.server.addBook('long.pdf', await longPdf())
  reader.server.addBook('locked.pdf', pdfWithPassword())
  reader.server.addBook('not-a.pdf', new TextEncoder().encode('hello'))
  book = await reader.page()
})
afterAll(() => reader[Symbol.asyncDispose]())

async function open(name: string, options: Parameters<ReaderPage['open']>[1] = {}) {
  await book.open(name, options)
  await book.event('load')
  await book.page.evaluate(() => window.harness.settled())
}

/** What is told once all of these words are selected: a mouse that rests on its way, as on a busy machine, tells of a part of them. */
async function selectionOf(words: string) {
  await book.select(words)
  for (;;) {
    const selection = await book.event('selection')
    if (selection?.text === words) return selection
  }
}

describe('a PDF', () => {
  it('has an outline, labels and a place', async () => {
    await open('marsh.pdf')
    const about = await book.view(async (view) => {
      const chapter = view.toc[1]
      const found = await view.goTo({ href: chapter?.href ?? '' })
      return { found, toc: view.toc.map(({ label }) => label) }
    })
    expect(about.toc).toEqual(expect.arrayContaining(['1 The Survey', '2 The Embankment']))
    expect(about.found).toBe(true)
    await expect.poll(() => book.view((view) => view.location?.tocItem?.label)).toBe('2 The Embankment')
    await expect.poll(() => book.view((view) => view.location?.pageLabel)).toBeTruthy()
  })

  it('draws only what is near, and gives far pages back', async () => {
    await open('long.pdf', { style: { flow: 'scrolled' } })
    /** How many pages are drawn once the one in the middle of the screen is; until then none. */
    const drawn = () =>
      book.view((view) => {
        const { height } = view.element.getBoundingClientRect()
        const canvases = Array.from(view.element.querySelectorAll('canvas'), (canvas) =>
          canvas.getBoundingClientRect(),
        )
        return canvases.some(({ top, bottom }) => top < height && bottom > 0) ? canvases.length : 0
      })
    for (const fraction of [0, 0.25, 0.5, 0.75, 1]) {
      await book.view((view, fraction) => view.goTo({ fraction }), fraction)
      await expect.poll(drawn).toBeGreaterThan(0)
      await expect.poll(drawn).toBeLessThanOrEqual(12)
    }
    await expect
      .poll(() => book.view((view) => [view.location?.page, view.location?.fraction]))
      .toEqual([PAGES, 1])
  })

  it('gives a selection its words, offsets and boxes, which hold at any zoom', async () => {
    await open('long.pdf', { style: { flow: 'scrolled', zoom: 1 } })
    const selection = await selectionOf(SENTENCE)
    expect(selection.quote.suffix).toMatch(/^, and need fear no change/)
    expect(selection.locator).toMatchObject({ type: 'pdf', page: 0 })
    const quad = selection.locator.type === 'pdf' ? selection.locator.quads?.[0] : undefined
    expect(quad?.[0]).toBeCloseTo(60 + 22, -1)
    expect(quad?.[1]).toBeGreaterThan(484)
    expect(quad?.[5]).toBeLessThan(480)
    const boxes = await book.view(async (view, locator) => {
      const statuses = await view.setHighlights([{ id: 'h', locator, color: 'amber' }])
      const box = () => {
        const page = view.element.querySelector('.pdf-page')?.getBoundingClientRect() ?? new DOMRect()
        const mark = view.element.querySelector('.pdf-highlight')?.getBoundingClientRect() ?? new DOMRect()
        return [(mark.left - page.left) / page.width, (mark.top - page.top) / page.height].map((n) =>
          Math.round(n * 50),
        )
      }
      const before = box()
      view.setStyle({ zoom: 2 })
      await new Promise((resolve) => setTimeout(resolve, 600))
      return { status: statuses[0]?.status, before, after: box() }
    }, selection.locator)
    expect(boxes.status).toBe('exact')
    expect(boxes.after).toEqual(boxes.before)
  })

  it('finds a highlight by its words and reports a tap on it', async () => {
    await open('long.pdf', { style: { flow: 'scrolled', zoom: 1 } })
    const statuses = await book.view((view, exact) => {
      const locator = { type: 'pdf', page: 0, start: 900, end: 940 } as const
      return view.setHighlights([{ id: 'moved', locator, quote: { exact }, color: 'sky' }])
    }, SENTENCE)
    expect(statuses).toMatchObject([{ id: 'moved', status: 'repaired', locator: { page: 0 } }])
    await book.click('truth we are')
    expect((await book.event('highlight-tap')).id).toBe('moved')
  })

  it('searches every page', async () => {
    await open('long.pdf')
    const hits = await book.view(async (view) => {
      const found = []
      for await (const hit of view.search('NO CHANGE ON LEAF 41')) found.push(hit)
      return found
    })
    expect(hits).toHaveLength(1)
    expect(hits[0]).toMatchObject({ section: 40, locator: { type: 'pdf', page: 40 } })
  })

  it('reads Chinese with the character maps and words across lines', async () => {
    await open('marsh.pdf')
    const found = await book.view(
      async (view, queries) => {
        const pages: number[] = []
        for (const query of queries) for await (const hit of view.search(query)) pages.push(hit.section)
        return pages
      },
      [pdfSentences.hyphenated, pdfSentences.chinese],
    )
    expect(found).toEqual([2, 3])
  })

  it('comes back to the same line, and shows two pages where there is room', async () => {
    await open('long.pdf', { style: { flow: 'scrolled' } })
    const place = await book.view(async (view) => {
      await view.goTo({ fraction: 0.513 })
      // Where one is, is told after the page has been drawn.
      while (view.location?.page === 1) await new Promise((resolve) => requestAnimationFrame(resolve))
      return view.location?.locator
    })
    await open('long.pdf', { locator: place!, style: { flow: 'scrolled' } })
    const again = await book.view((view) => view.location?.locator)
    expect(again?.type === 'pdf' && again.page).toBe(place?.type === 'pdf' && place.page)
    expect(again?.fraction).toBeCloseTo(place?.fraction ?? 0, 2)
    const shown = await book.view((view) => {
      view.setStyle({ flow: 'paginated' })
      return view.element.querySelectorAll('[data-shown]').length
    })
    expect(shown).toBe(2)
  })

  it.each([
    ['locked.pdf', 'reader.protected'],
    ['not-a.pdf', 'reader.damaged'],
  ])('says why it cannot open %s', async (name, code) => {
    const thrown = await book.page.evaluate(
      (url) =>
        window.harness.open(url, 'pdf').then(
          () => undefined,
          (error) => error.code,
        ),
      `/books/${name}`,
    )
    expect(thrown).toBe(code)
  })

  it('raises no stray error and asks nothing of the policy', () => {
    expect(book.errors).toEqual([])
    expect(book.refused).toEqual([])
  })
})
