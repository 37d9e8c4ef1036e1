import { englishNovel, novelSentences } from '@stoa/testkit/books/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Reader, type ReaderPage, startReader } from './support/reader-page.ts'

const PASSAGE = 'There was the black line of the island, and above it nothing at all'

let reader: Reader
let book: ReaderPage

beforeAll(async () => {
  reader = await startReader()
  reader.server.addBook('novel.epub', englishNovel())
  book = await reader.page()
})
afterAll(() => reader[Symbol.asyncDispose]())

async function openAt(words: string, options: Parameters<ReaderPage['open']>[1] = {}) {
  await book.open('novel.epub', options)
  await book.view(async (view, words) => {
    for await (const hit of view.search(words)) return view.goTo(hit.locator)
    throw new Error('not found')
  }, words)
  await book.page.evaluate(() => window.harness.settled())
  await book.forget()
}

describe('an English EPUB', () => {
  it('says what it is', async () => {
    await book.open('novel.epub')
    const about = await book.view((view) => ({
      metadata: view.metadata,
      toc: view.toc.map((item) => [item.label, item.children.map((child) => child.label)]),
      chapters: view.chapters.map(({ fraction }) => fraction),
      direction: view.direction,
      location: view.location,
    }))
    expect(about.metadata.title).toBe('The Harrow Point Ledger')
    expect(about.metadata.languages).toEqual(['en-GB'])
    expect(about.toc[0]).toEqual(['Part One: The Ledger', ['1. The Lamp', '2. The Stores']])
    expect(about.chapters).toEqual([...about.chapters].sort((a, b) => a - b))
    expect(about.direction).toBe('ltr')
    expect(about.location?.section).toMatchObject({ index: 0, total: 5 })
  })

  it('sets the text in the packaged face, with no line cut in half', async () => {
    await openAt(PASSAGE)
    const lines = await book.page.evaluate(async () => {
      const renderer = window.harness.view?.element.firstElementChild as unknown as {
        getContents(): { doc: Document }[]
      }
      const doc = renderer.getContents()[0]?.doc
      if (!doc) throw new Error('nothing on screen')
      await doc.fonts.ready
      const range = doc.createRange()
      range.selectNodeContents(doc.body)
      const height = doc.documentElement.clientHeight
      const rects = Array.from(range.getClientRects()).filter((rect) => rect.height > 0 && rect.height < 60)
      return {
        loaded: Array.from(doc.fonts).some(
          (face) => face.family.includes('Source Serif 4') && face.status === 'loaded',
        ),
        cut: rects.filter((rect) => rect.top < 0 || rect.bottom > height).length,
        count: rects.length,
      }
    })
    expect(lines.loaded).toBe(true)
    expect(lines.count).toBeGreaterThan(10)
    expect(lines.cut).toBe(0)
  })

  it('gives a selection its words, context and place; the place holds after opening anew and in the other flow', async () => {
    await openAt(PASSAGE)
    await book.select(PASSAGE)
    const selection = await book.event('selection')
    expect(selection?.text).toBe(PASSAGE)
    expect(selection?.quote).toEqual({
      exact: PASSAGE,
      prefix: ' had gone to look for a pencil. ',
      suffix: ', and it took her a moment to un',
    })
    expect(selection?.language).toBe('en-GB')
    expect(selection?.rect.height).toBeGreaterThan(20)
    for (const flow of ['paginated', 'scrolled'] as const) {
      await book.open('novel.epub', { locator: selection!.locator, style: { flow } })
      await book.page.evaluate(() => window.harness.settled())
      const text = await book.view((view, locator) => view.getText(locator), selection!.locator)
      expect(text).toBe(PASSAGE)
      const { start } = await book.page.evaluate((words) => window.harness.edgesOf(words), PASSAGE)
      expect(start[0]).toBeGreaterThan(0)
      expect(start[0]).toBeLessThan(1280)
      expect(start[1]).toBeGreaterThan(0)
      expect(start[1]).toBeLessThan(860)
    }
  })

  it('draws highlights, repairs moved ones, and reports a tap', async () => {
    await openAt(PASSAGE)
    const statuses = await book.view(async (view, words) => {
      const locator = { type: 'epub', cfi: 'epubcfi(/6/4!/4/2/999/1:0)', sectionIndex: 1 } as const
      return view.setHighlights([
        { id: 'moved', locator, quote: { exact: words }, color: 'sage' },
        {
          id: 'gone',
          locator,
          quote: { exact: 'Call me Ishmael. Some years ago, never mind how long' },
          color: 'rose',
        },
      ])
    }, PASSAGE)
    expect(statuses.map(({ id, status }) => [id, status])).toEqual([
      ['moved', 'repaired'],
      ['gone', 'lost'],
    ])
    await book.click('black line of the island')
    const tap = await book.event('highlight-tap')
    expect(tap.id).toBe('moved')
    expect(tap.rect.width).toBeGreaterThan(100)
  })

  it('turns pages by keys, remembers jumps, and stays at the ends', async () => {
    await book.open('novel.epub')
    await book.view((view) => view.element.focus())
    await book.page.keyboard.press('ArrowRight')
    expect((await book.view((view) => view.next().then(() => view.location)))?.section.index).toBeGreaterThan(
      0,
    )
    await book.page.keyboard.press('Control+End')
    await book.view(async (view) => {
      for (let i = 0; i < 100 && view.location?.fraction !== 1; i++)
        await new Promise((resolve) => setTimeout(resolve, 20))
    })
    const end = await book.view(async (view) => {
      await view.next()
      return view.location?.fraction
    })
    expect(end).toBe(1)
    const places = await book.view(async (view) => {
      const href = (index: number) => view.toc[0]?.children[index]?.href ?? ''
      await view.goTo({ href: href(0) })
      await view.goTo({ href: href(1) })
      await view.back()
      const back = view.location?.tocItem?.label
      await view.forward()
      return [back, view.location?.tocItem?.label, view.canForward]
    })
    expect(places).toEqual(['1. The Lamp', '2. The Stores', false])
  })

  it('goes back to exactly where a jump began', async () => {
    await openAt(PASSAGE)
    const [start, from, canBack] = await book.view(async (view) => {
      const from = view.location?.locator
      await view.goTo({ fraction: 0.9 })
      const canBack = view.canBack
      await view.back()
      return [view.location?.locator, from, canBack]
    })
    expect(canBack).toBe(true)
    expect(start).toEqual(from)
    await book.open('novel.epub', { locator: start! })
    expect(await book.view((view) => [view.canBack, view.canForward])).toEqual([false, false])
  })

  it('turns by the wheel, once for a flick', async () => {
    await book.open('novel.epub')
    await book.page.mouse.move(600, 400)
    // All at once: waited for one by one, they are several flicks on a busy machine.
    await Promise.all(Array.from({ length: 5 }, () => book.page.mouse.wheel(0, 60)))
    await expect.poll(() => book.view((view) => view.location?.section.index)).toBeGreaterThan(0)
    await book.page.evaluate(() => window.harness.settled())
    expect(await book.view((view) => view.location?.section.index)).toBe(1)
  })

  it('turns by a finger', async () => {
    const phone = await reader.page({ viewport: { width: 390, height: 760 }, hasTouch: true })
    await phone.open('novel.epub')
    await phone.view((view) => view.goTo({ href: view.toc[0]?.children[0]?.href ?? '' }))
    await phone.page.evaluate(() => window.harness.settled())
    const page = () => phone.view((view) => view.location?.page)
    await expect.poll(page).toBe(1)
    await phone.swipe([320, 400], [60, 405])
    await expect.poll(page).toBe(2)
    await phone.page.evaluate(() => window.harness.settled())
    expect(await page()).toBe(2)
    await phone.page.context().close()
  })

  it('scrolls by keys whether the focus is in the book or around it', async () => {
    await openAt(PASSAGE, { style: { flow: 'scrolled', size: 30 } })
    const top = () => book.page.evaluate(() => window.harness.edgesOf('Ada Merrow noticed').start[1])
    await book.view((view) => view.element.focus())
    const before = await top()
    await book.page.keyboard.press('ArrowDown')
    await expect.poll(top).toBeLessThan(before)
    await book.page.evaluate(() => window.harness.settled())
    const outside = await top()
    await book.page.mouse.click(640, 400)
    await book.page.keyboard.press('ArrowDown')
    await expect.poll(top).toBeCloseTo(outside - (before - outside), 0)
  })

  it('shows other highlights although one was stored with a broken place', async () => {
    await openAt(PASSAGE)
    const statuses = await book.view((view, exact) => {
      const broken = { type: 'epub', cfi: 'nonsense' } as const
      return view.setHighlights([
        { id: 'broken', locator: broken, color: 'rose' },
        { id: 'words', locator: broken, quote: { exact }, color: 'sage' },
      ])
    }, PASSAGE)
    expect(statuses.map(({ status }) => status)).toEqual(['lost', 'repaired'])
    expect(await book.view((view) => view.goTo({ type: 'epub', cfi: 'nonsense' }))).toBe(false)
  })

  it('survives haste: books closed while they open, pages turned while they load', async () => {
    await book.page.evaluate(async () => {
      for (let i = 0; i < 4; i++) {
        void window.harness.open('/books/novel.epub', 'epub').catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, i * 25))
      }
    })
    await book.open('novel.epub')
    await book.view(async (view) => {
      const turns = Array.from({ length: 12 }, () => view.next())
      view.setStyle({ flow: 'scrolled' })
      turns.push(
        view.goTo({ fraction: 0.2 }).then(() => undefined),
        view.prev(),
      )
      view.setStyle({ flow: 'paginated', size: 30 })
      await Promise.all(turns)
    })
    await book.page.evaluate(() => window.harness.settled())
    expect(await book.view((view) => view.location?.fraction)).toBeGreaterThan(0)
    expect(book.errors).toEqual([])
  })

  it('fails at nothing afterwards when it is closed in the middle of a change', async () => {
    await book.open('novel.epub')
    await book.page.evaluate(async () => {
      const { view } = window.harness
      view?.setStyle({ flow: 'scrolled', size: 30 })
      void view?.next()
      view?.destroy()
      await window.harness.settled()
    })
    expect(book.errors).toEqual([])
  })

  it('finds words whatever their case, accents and quotation marks', async () => {
    await book.open('novel.epub')
    const hits = await book.view(async (view) => {
      const found = []
      for await (const hit of view.search('"THEN WHO PAYS for the others?"')) found.push(hit)
      return found
    })
    expect(hits).toHaveLength(1)
    expect(hits[0]?.excerpt.match).toBe('“Then who pays for the others?”')
    expect(hits[0]?.locator.fraction).toBeGreaterThan(0.1)
    expect(hits[0]?.locator.fraction).toBeLessThan(0.5)
    expect(hits[0]?.excerpt.after).toMatch(/^ asked the boy\./)
    const text = await book.view((view, locator) => view.getText(locator), hits[0]!.locator)
    expect(text).toBe('“Then who pays for the others?”')
    const stopped = await book.view(async (view) => {
      const stop = new AbortController()
      let count = 0
      for await (const _ of view.search('the', { signal: stop.signal })) if (++count === 3) stop.abort()
      return count
    })
    expect(stopped).toBe(3)
  })

  it('opens a footnote over the text, not in it', async () => {
    await openAt(novelSentences.footnoted)
    const hidden = await book.page.evaluate(() => {
      const renderer = window.harness.view?.element.firstElementChild as unknown as {
        getContents(): { doc: Document }[]
      }
      const note = renderer.getContents()[0]?.doc.getElementById('fn1')
      return note?.getClientRects().length
    })
    expect(hidden).toBe(0)
    const { end } = await book.page.evaluate(
      (words) => window.harness.edgesOf(words),
      `${novelSentences.footnoted},1`,
    )
    await book.page.mouse.click(end[0] - 2, end[1])
    const note = await book.event('footnote')
    expect(note.text).toBe(novelSentences.footnote)
    expect(note.html).toBe(`<p>${novelSentences.footnote} </p>`)
    expect(note.rect.width).toBeGreaterThan(0)
  })

  it('shows the reference when a search leads into a hidden note', async () => {
    await book.page.setViewportSize({ width: 420, height: 500 })
    await openAt(novelSentences.footnote)
    const { start } = await book.page.evaluate(
      (words) => window.harness.edgesOf(words),
      'as her father had done',
    )
    expect(start[0]).toBeGreaterThan(0)
    expect(start[0]).toBeLessThan(420)
    await book.page.setViewportSize({ width: 1280, height: 860 })
  })

  it('offers pictures and empty space to the screen around it', async () => {
    await openAt(PASSAGE)
    const image = await book.page.evaluate(() => {
      const renderer = window.harness.view?.element.firstElementChild as unknown as {
        getContents(): { doc: Document }[]
      }
      const doc = renderer.getContents()[0]?.doc
      const { left, top, width, height } = doc?.querySelector('img')?.getBoundingClientRect() ?? new DOMRect()
      const frame = doc?.defaultView?.frameElement?.getBoundingClientRect() ?? new DOMRect()
      return [frame.left + left + width / 2, frame.top + top + height / 2] as const
    })
    await book.page.mouse.click(...image)
    expect(await book.event('image')).toMatchObject({ alt: 'The island from the harbour office' })
    await book.click('Halfway over')
    const tap = await book.event('tap')
    expect(tap.x).toBeGreaterThan(0)
    expect(tap.x).toBeLessThan(1)
  })

  it('keeps the place when the type grows, the theme changes and the window narrows', async () => {
    await openAt(PASSAGE)
    const before = await book.view((view) => view.location?.locator)
    await book.view((view) => view.setStyle({ size: 26, theme: 'dark', font: 'sans' }))
    await book.page.setViewportSize({ width: 420, height: 800 })
    await book.event('relocate')
    // The first place told may be that of the larger type in the wide window: the narrow one is laid out after it.
    const left = () => book.page.evaluate(() => window.harness.edgesOf('There was the black line').start[0])
    const isOnScreen = async () => {
      await book.page.evaluate(() => window.harness.settled())
      const x = await left()
      return x > 0 && x < 420
    }
    await expect.poll(isOnScreen).toBe(true)
    expect(before?.type).toBe('epub')
    await book.page.setViewportSize({ width: 1280, height: 860 })
  })

  it('lets shortcuts of the app through, and raises no stray error', async () => {
    await openAt(PASSAGE)
    await book.click('Halfway over')
    await book.page.evaluate(() => {
      document.addEventListener('keydown', (event) => document.body.setAttribute('data-key', event.key))
    })
    await book.page.keyboard.press('/')
    expect(await book.page.getAttribute('body', 'data-key')).toBe('/')
    expect(book.errors).toEqual([])
    expect(book.refused).toEqual([])
  })
})
