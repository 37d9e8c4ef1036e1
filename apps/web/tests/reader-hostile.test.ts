import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileBook, SURVIVORS } from './support/hostile-book.ts'
import { type Reader, type ReaderPage, startReader } from './support/reader-page.ts'

/** Every request that reached the stranger's server. */
const received: string[] = []
const stranger = createServer((request, response) => {
  received.push(request.url ?? '')
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end()
})
let away: string
let reader: Reader

beforeAll(async () => {
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  away = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
  reader = await startReader()
  reader.server.addBook('hostile.epub', hostileBook(away, reader.server.origin))
})
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await new Promise((resolve) => stranger.close(resolve))
})

interface Attempt {
  readonly book: ReaderPage
  /** Addresses asked for after the page itself was there. */
  readonly asked: string[]
}

async function readThrough(bypassCSP: boolean): Promise<Attempt> {
  const book = await reader.page({ bypassCSP })
  const asked: string[] = []
  await book.open('hostile.epub')
  book.page.on('request', (request) => asked.push(request.url()))
  await book.open('hostile.epub', { style: { flow: 'scrolled' } })
  for (let section = 0; section < 2; section++) {
    await book.page.evaluate(() => window.harness.settled())
    await book.view(async (view) => {
      const index = view.location?.section.index
      for (let i = 0; i < 40 && view.location?.section.index === index; i++) await view.next()
    })
  }
  await book.page.evaluate(() => window.harness.settled())
  return { book, asked }
}

/** Runs in the page: what is left of the book's attempts in the document that is shown. */
function tracesOnScreen(origins: readonly string[]): string[] {
  const renderer = window.harness.view?.element.firstElementChild as unknown as {
    getContents(): { doc: Document }[]
  }
  const doc = renderer.getContents()[0]?.doc
  if (!doc) throw new Error('nothing on screen')
  const own = /blob:[^"')\s]+|https?:[^"')\s]+\/assets\/[^"')\s]+\.woff2/g
  const names = (text: string) => origins.some((origin) => text.replace(own, '').includes(origin))
  const shallow = (element: Element) => (element.cloneNode(false) as Element).outerHTML
  const active = /^(?:script|iframe|frame|object|embed|form|base|template|portal)$/
  const elements = Array.from(doc.querySelectorAll('*')).filter(
    (element) =>
      active.test(element.localName) ||
      Array.from(element.attributes).some(({ name }) => /^on/i.test(name)) ||
      (element.localName !== 'a' && element.localName !== 'style' && names(shallow(element))),
  )
  const rules = Array.from(doc.styleSheets).flatMap((sheet) =>
    Array.from(sheet.cssRules, (rule) => rule.cssText),
  )
  return [...elements.map(shallow), ...rules.filter(names)]
}

describe.each([
  ['with the content security policy', false],
  ['by the sanitiser and the sandbox alone', true],
])('a hostile book, %s', (_, bypassCSP) => {
  let attempt: Attempt
  beforeAll(async () => {
    received.length = 0
    attempt = await readThrough(bypassCSP)
  })

  it('runs nothing', async () => {
    const marks = await attempt.book.page.evaluate(() => (window as { PWNED?: unknown }).PWNED)
    expect(marks).toBeUndefined()
    expect(attempt.book.errors).toEqual([])
  })

  it('asks nobody for anything', () => {
    expect(received).toEqual([])
    const outside = attempt.asked.filter(
      (url) => !/^(?:blob|data):|\/books\/hostile\.epub$|\/assets\//.test(url),
    )
    expect(outside).toEqual([])
  })

  it.each([0, 1])('leaves no trace of it on screen, chapter %i', async (chapter) => {
    const { book } = attempt
    await book.view((view, chapter) => view.goTo({ href: view.toc[chapter]?.href ?? '' }), chapter)
    expect(await book.page.evaluate(tracesOnScreen, [away, reader.server.origin])).toEqual([])
  })

  it('still reads', async () => {
    const found = await attempt.book.view(async (view, sentences) => {
      const texts: string[] = []
      for (const sentence of sentences) {
        for await (const hit of view.search(sentence, { limit: 1 }))
          texts.push(await view.getText(hit.locator))
      }
      return texts
    }, SURVIVORS)
    expect(found).toEqual(SURVIVORS)
  })

  it('keeps its frames without scripts of their own', async () => {
    const { page } = attempt.book
    const frames = page.frames().filter((frame) => frame !== page.mainFrame())
    expect(frames.length).toBeGreaterThan(0)
    for (const frame of frames) {
      const element = await frame.frameElement()
      expect(await element.getAttribute('sandbox')).toBe('allow-same-origin')
    }
  })

  it('opens outside links only by asking', async () => {
    const { book } = attempt
    await book.open('hostile.epub')
    await book.page.evaluate(() => window.harness.settled())
    await book.forget()
    const pages = book.page.context().pages().length
    await book.page.evaluate(() => {
      const renderer = window.harness.view?.element.firstElementChild as unknown as {
        getContents(): { doc: Document }[]
      }
      const doc = renderer.getContents()[0]?.doc
      for (const id of ['js', 'data', 'out']) doc?.getElementById(id)?.click()
    })
    expect(await book.event('link-external')).toEqual({ url: 'https://example.org/out' })
    expect(book.page.context().pages()).toHaveLength(pages)
    expect(book.page.url()).toBe(`${reader.server.origin}/harness.html`)
  })
})
