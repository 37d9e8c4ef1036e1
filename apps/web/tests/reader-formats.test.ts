import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildEpub, buildPng, buildZip, mathAndSvg, novelSentences } from '@stoa/testkit/books/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Reader, type ReaderPage, startReader } from './support/reader-page.ts'

const received: string[] = []
const stranger = createServer((request, response) => {
  received.push(request.url ?? '')
  response.end()
})

/** FictionBook with a note, and with things it must not do. */
const fictionBook = (away: string) => `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><genre>prose</genre><author><first-name>Ada</first-name><last-name>Example</last-name></author><book-title>The Lamp</book-title><lang>en</lang></title-info><document-info><id>x</id></document-info></description>
<body><section><title><p>One</p></title><p>The lamp had been out<a l:href="#n1" type="note">1</a> for eleven nights.</p><image l:href="${away}/picture.png"/><p><a l:href="javascript:top.PWNED=1">go</a></p></section>
<section><title><p>Two</p></title><p>Nobody on the mainland noticed.</p></section></body>
<body name="notes"><section id="n1"><title><p>1</p></title><p>It burned herring oil.</p></section></body></FictionBook>`

const comic = () =>
  buildZip(
    [1, 2, 3, 4].map((n) => ({
      name: `page${n}.png`,
      data: buildPng(60, 90, (x, y) => [x * 4, y * 2, n * 50]),
    })),
  )

/** Two pages of a fixed size, words in boxes. */
const picturesBook = () =>
  buildEpub({
    title: 'Fixed',
    language: 'en',
    identifier: 'urn:x:fixed',
    metadata: '    <meta property="rendition:layout">pre-paginated</meta>\n',
    chapters: [1, 2].map((n) => ({
      file: `p${n}.xhtml`,
      title: `Page ${n}`,
      body: `<p style="position:absolute;left:20px;top:30px">Board ${n} stands here</p>`,
    })),
  })

/** Says that its chapter is encrypted by a reading system's own key. */
const lockedBook = () =>
  buildEpub({
    title: 'Locked',
    language: 'en',
    identifier: 'urn:x:locked',
    chapters: [{ file: 'p1.xhtml', title: 'One', body: '<p>x</p>' }],
    parts: [
      {
        name: 'META-INF/encryption.xml',
        data: `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><CipherData><CipherReference URI="EPUB/p1.xhtml"/></CipherData></EncryptedData></encryption>`,
      },
    ],
  })

let reader: Reader
let book: ReaderPage

beforeAll(async () => {
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const away = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
  reader = await startReader()
  for (const name of ['novel.mobi', 'novel.azw3']) {
    reader.server.addBook(name, readFileSync(new URL(`books/${name}`, import.meta.url)))
  }
  reader.server.addBook('lamp.fb2', new TextEncoder().encode(fictionBook(away)))
  reader.server.addBook('comic.cbz', comic())
  reader.server.addBook('fixed.epub', picturesBook())
  reader.server.addBook('math.epub', mathAndSvg())
  reader.server.addBook('damaged.epub', comic().slice(0, 200))
  reader.server.addBook('locked.epub', lockedBook())
  reader.server.addBook('text.mobi', new TextEncoder().encode('just text'))
  book = await reader.page()
})
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await new Promise((resolve) => stranger.close(resolve))
})

const sentenceOnScreen = (words: string) =>
  book.view(async (view, words) => {
    for await (const hit of view.search(words)) {
      await view.goTo(hit.locator)
      return {
        text: await view.getText(hit.locator),
        locator: hit.locator,
        fraction: view.location?.fraction,
      }
    }
    return undefined
  }, words)

describe.each(['novel.mobi', 'novel.azw3'])('%s', (name) => {
  it('opens, finds a sentence, and comes back to it', async () => {
    await book.open(name)
    expect(await book.view((view) => [view.metadata.title, view.toc.length > 0])).toEqual([
      'The Harrow Point Ledger',
      true,
    ])
    const found = await sentenceOnScreen(novelSentences.opening)
    expect(found?.text).toBe(novelSentences.opening)
    await book.open(name, { locator: found!.locator })
    await book.page.evaluate(() => window.harness.settled())
    await book.forget()
    await book.select('eleven nights')
    expect((await book.event('selection'))?.text).toBe('eleven nights')
  })
})

describe('FictionBook', () => {
  it('opens, with its notes over the text and nothing fetched', async () => {
    await book.open('lamp.fb2')
    expect(await book.view((view) => view.metadata)).toMatchObject({
      title: 'The Lamp',
      authors: ['Ada Example'],
    })
    await book.page.evaluate(() => window.harness.settled())
    await book.forget()
    await book.click('1')
    expect((await book.event('footnote')).text).toMatch(/It burned herring oil\.$/)
    await book.click('go')
    expect(await book.page.evaluate(() => (window as { PWNED?: unknown }).PWNED)).toBeUndefined()
    expect(received).toEqual([])
  })
})

describe('fixed layouts', () => {
  it('shows a comic page by page', async () => {
    await book.open('comic.cbz')
    expect(await book.view((view) => view.fixedLayout)).toBe(true)
    // Where one is, is told after the page has been drawn.
    const page = () => book.view((view) => view.location?.page)
    const first = await page()
    await book.view((view) => view.next())
    await expect.poll(page).toBeGreaterThan(first ?? 9)
    await book.view((view) => view.goTo({ fraction: 1 }))
    await expect
      .poll(() => book.view((view) => [view.location?.fraction, view.location?.pages]))
      .toEqual([1, 4])
    for (const frame of book.page.frames().slice(1)) {
      expect(await (await frame.frameElement()).getAttribute('sandbox')).toBe('allow-same-origin')
    }
  })

  it('selects and highlights words on a fixed page', async () => {
    await book.open('fixed.epub')
    await book.page.evaluate(() => window.harness.settled())
    await book.forget()
    await book.select('Board 1 stands')
    const selection = await book.event('selection')
    expect(selection?.text).toBe('Board 1 stands')
    await book.view((view, locator) => {
      view.clearSelection()
      return view.setHighlights([{ id: 'board', locator, color: 'violet' }])
    }, selection!.locator)
    await book.click('1 stands')
    expect((await book.event('highlight-tap')).id).toBe('board')
  })
})

describe('odd books', () => {
  it('shows formulas and drawings', async () => {
    await book.open('math.epub')
    await book.view(async (view) => {
      for (let i = 0; i < view.toc.length; i++) await view.next()
    })
    await expect.poll(() => book.view((view) => view.location?.fraction)).toBeGreaterThan(0)
  })

  it.each([
    ['damaged.epub', 'reader.damaged'],
    ['locked.epub', 'reader.protected'],
    ['text.mobi', 'reader.unsupported'],
  ])('says why it cannot open %s', async (name, code) => {
    const format = name.split('.')[1] as 'epub' | 'mobi'
    const thrown = await book.page.evaluate(
      ([url, format]) =>
        window.harness.open(url, format).then(
          () => undefined,
          (error) => error.code,
        ),
      [`/books/${name}`, format] as const,
    )
    expect(thrown).toBe(code)
  })

  it('raises no stray error', () => {
    expect(book.errors).toEqual([])
  })
})
