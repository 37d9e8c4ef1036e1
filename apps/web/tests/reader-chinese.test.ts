import { chineseHorizontal, chineseSentences, chineseVertical } from '@stoa/testkit/books/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Reader, type ReaderPage, startReader } from './support/reader-page.ts'

const PASSAGE = '字迹被雨水冲淡，又被他一笔一笔描深'

let reader: Reader
let book: ReaderPage

beforeAll(async () => {
  reader = await startReader()
  reader.server.addBook('vertical.epub', chineseVertical())
  reader.server.addBook('horizontal.epub', chineseHorizontal())
  book = await reader.page()
})
afterAll(() => reader[Symbol.asyncDispose]())

async function open(name: string, options: Parameters<ReaderPage['open']>[1] = {}) {
  await book.open(name, options)
  await book.page.evaluate(() => window.harness.settled())
  await book.forget()
}

interface Grid {
  readonly mode: string
  readonly leading: number
  readonly size: number
  readonly lines: number[]
}

/** Runs in the page: how the paragraphs on screen are set. */
function gridOnScreen(): Grid {
  const renderer = window.harness.view?.element.firstElementChild as unknown as {
    getContents(): { doc: Document }[]
  }
  const doc = renderer.getContents()[0]?.doc
  const paragraphs = Array.from(doc?.querySelectorAll('p') ?? [])
  const first = paragraphs[0]
  if (!doc || !first) throw new Error('nothing on screen')
  const style = doc.defaultView?.getComputedStyle(first)
  const size = Number.parseFloat(style?.fontSize ?? '')
  const range = doc.createRange()
  const lines = paragraphs.flatMap((paragraph) => {
    range.selectNodeContents(paragraph)
    return Array.from(range.getClientRects(), (rect) => rect.right)
  })
  return {
    mode: style?.writingMode ?? '',
    leading: Number.parseFloat(style?.lineHeight ?? '') / size,
    size,
    lines,
  }
}

describe('a vertical Chinese EPUB', () => {
  it.each(['paginated', 'scrolled'] as const)(
    'runs from top to bottom and from right to left, %s',
    async (flow) => {
      await open('vertical.epub', { style: { flow, size: 22 } })
      expect(await book.view((view) => [view.vertical, view.direction])).toEqual([true, 'rtl'])
      const grid = await book.page.evaluate(gridOnScreen)
      expect(grid.mode).toBe('vertical-rl')
      expect(grid.leading).toBeCloseTo(2, 1)
      const { start } = await book.page.evaluate((words) => window.harness.edgesOf(words), '山中无历日')
      expect(start[0]).toBeGreaterThan(640)
    },
  )

  it('gives selections without ruby readings, and finds the place again in the other flow', async () => {
    await open('vertical.epub', { style: { flow: 'paginated' } })
    await book.select(PASSAGE)
    const selection = await book.event('selection')
    expect(selection?.text).toBe(PASSAGE)
    expect(selection?.language).toMatch(/^zh/)
    expect(selection?.rect.height).toBeGreaterThan(selection?.rect.width ?? Number.POSITIVE_INFINITY)
    await open('vertical.epub', { locator: selection!.locator, style: { flow: 'scrolled' } })
    expect(await book.view((view, locator) => view.getText(locator), selection!.locator)).toBe(PASSAGE)
    const hits = await book.view(async (view, words) => {
      const found = []
      for await (const hit of view.search(words)) found.push(hit)
      return found
    }, chineseSentences.ruby)
    expect(hits).toHaveLength(1)
    expect(hits[0]?.excerpt.before).toMatch(/山谷里有一座石桥，$/)
    expect(hits[0]?.excerpt.match).toBe(chineseSentences.ruby)
  })

  it('goes on to the left by arrow keys', async () => {
    await open('vertical.epub', { style: { size: 40 } })
    await book.page.evaluate(() => window.harness.settled())
    const fraction = () => book.view((view) => view.location?.fraction)
    const start = (await fraction()) ?? 1
    await book.view((view) => view.element.focus())
    await book.page.keyboard.press('ArrowLeft')
    await expect.poll(fraction).toBeGreaterThan(start)
    await book.page.keyboard.press('ArrowRight')
    await expect.poll(fraction).toBe(start)
  })

  it('goes on by a swipe to the right, as a page is turned in such a book', async () => {
    const phone = await reader.page({ viewport: { width: 390, height: 760 }, hasTouch: true })
    await phone.open('vertical.epub')
    await phone.page.evaluate(() => window.harness.settled())
    const before = await phone.view((view) => view.location?.fraction)
    const fraction = () => phone.view((view) => view.location?.fraction)
    // Hardly downwards: a busy machine may send two moves in a row, and the renderer turns back after a quick one along the lines.
    await phone.swipe([120, 400], [280, 402])
    await expect.poll(fraction).toBeGreaterThan(before ?? 1)
    await phone.page.evaluate(() => window.harness.settled())
    await phone.swipe([280, 400], [120, 402])
    await expect.poll(fraction).toBe(before)
    await phone.page.context().close()
  })

  it('rules the page where the lines stand on the grid, unless told otherwise', async () => {
    const ruled = () => book.view((view) => view.element.firstElementChild?.hasAttribute('rules'))
    await open('vertical.epub', { style: { size: 22 } })
    await expect.poll(ruled).toBe(true)
    for (const style of [
      { rules: false },
      { rules: true, font: 'publisher' },
      { font: 'serif', flow: 'scrolled' },
    ] as const) {
      await book.view((view, style) => view.setStyle(style), style)
      await book.page.evaluate(() => window.harness.settled())
      await expect.poll(ruled).toBe(false)
    }
  })

  it('scrolls through all of a long vertical chapter', async () => {
    await open('vertical.epub', { style: { flow: 'scrolled', size: 40 } })
    const size = await book.page.evaluate(() => {
      const renderer = window.harness.view?.element.firstElementChild as unknown as {
        getContents(): { doc: Document }[]
        viewSize: number
      }
      return {
        text: renderer.getContents()[0]?.doc.documentElement.scrollWidth ?? 0,
        view: renderer.viewSize,
      }
    })
    expect(size.text).toBeLessThanOrEqual(Math.ceil(size.view))
  })

  it('draws a highlight down the lines', async () => {
    await open('vertical.epub')
    const statuses = await book.view((view, exact) => {
      const locator = { type: 'epub', cfi: 'epubcfi(/6/2!/4)' } as const
      return view.setHighlights([{ id: 'h', locator, quote: { exact }, color: 'amber' }])
    }, PASSAGE)
    expect(statuses[0]?.status).toBe('repaired')
    await book.click(PASSAGE.slice(0, 4))
    const tap = await book.event('highlight-tap')
    expect(tap.rect.height).toBeGreaterThan(200)
  })
})

describe('a horizontal Chinese EPUB', () => {
  it('has more leading than Latin, flush lines and no slant', async () => {
    await open('horizontal.epub')
    const grid = await book.page.evaluate(gridOnScreen)
    expect(grid.mode).toBe('horizontal-tb')
    expect(grid.leading).toBeCloseTo(1.85, 2)
    expect(await book.view((view) => view.direction)).toBe('ltr')
  })

  it('finds a sentence and its place', async () => {
    await open('horizontal.epub')
    const text = await book.view(async (view, words) => {
      for await (const hit of view.search(words)) {
        await view.goTo(hit.locator)
        view.setMarks([hit.locator])
        return view.getText(hit.locator)
      }
      return undefined
    }, chineseSentences.search)
    expect(text).toBe(chineseSentences.search)
    // Where one is, is told after the page has been drawn.
    const chapter = () => book.view((view) => view.location?.tocItem?.label)
    await expect.poll(chapter).toBe('第二回　借书')
    expect(book.errors).toEqual([])
  })
})
