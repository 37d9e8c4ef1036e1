import { uuidv7 } from '@stoa/kernel'
import { buildEpub, englishNovel, novelSentences } from '@stoa/testkit/books/index'
import { type SignedTenant, settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoaApp, startApp } from './support/stoa-app.ts'

/** Words that stand only in what the first organisation has. */
const SECRET = 'Harrow'
const NOT_FOUND = /"status":404/
const OWN = 'Our own reader'

let app: StoaApp
let strangers: SignedTenant
let stranger: Page
let theirs: { bookId: string; highlightId: string; shelfId: string; noteId: string }
/** Everything the stranger's browser got from the server, live events too. */
const received: string[] = []

beforeAll(async () => {
  app = await startApp()
  strangers = await signedTenant(app.stoa, 'Strangers')
  theirs = await somethingOfTheirs()
  const { id } = await uploadBook(app.stoa, strangers.owner.client, {
    name: 'own.epub',
    bytes: buildEpub({
      title: OWN,
      language: 'en',
      identifier: 'urn:x:own',
      chapters: [
        { file: 'c.xhtml', title: 'One', body: '<h1>One</h1><p>A page of our own, with a lamp.</p>' },
      ],
    }),
  })
  await settledBook(strangers.owner.client, id)
  stranger = await app.signIn(strangers.owner, { serviceWorkers: 'block' })
  await stranger.context().route('**/api/**', async (route) => {
    if (route.request().headers().accept?.includes('event-stream')) return route.continue()
    const response = await route.fetch().catch(() => undefined)
    if (!response) return route.abort()
    received.push(await response.text())
    await route.fulfill({ response })
  })
})
afterAll(async () => {
  // An answer that is still on its way when the browser goes is no fault of anybody's.
  await stranger?.context().unrouteAll({ behavior: 'ignoreErrors' })
  await app?.[Symbol.asyncDispose]()
})

async function somethingOfTheirs() {
  const { client } = app.tenant.owner
  const bookId = await app.addBook('novel.epub', englishNovel())
  const made = { created_at: new Date().toISOString() }
  const shelf = await client.call('createShelf', { body: { name: `${SECRET} shelf` } })
  const highlight = await client.call('createHighlight', {
    body: {
      id: uuidv7(),
      book_id: bookId,
      locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4/2/4/1:0)' },
      quote: { exact: novelSentences.opening, prefix: '', suffix: '' },
      color: 'sage',
      note: `${SECRET} note`,
      tags: [`${SECRET}-tag`],
      visibility: 'workspace',
      ...made,
    },
  })
  const note = await client.call('createNote', {
    body: { id: uuidv7(), body: `${SECRET} without a book`, visibility: 'workspace', ...made },
  })
  return { bookId, highlightId: highlight.id, shelfId: shelf.id, noteId: note.id }
}

const open = async (path: string) => {
  await stranger.goto(app.line.url + path)
  await stranger.locator('main').first().waitFor()
  await expect.poll(() => stranger.locator('.skel, .bk.ghost, .brow.ghost').count()).toBe(0)
}
const seesNothing = async () => expect(await stranger.locator('body').textContent()).not.toContain(SECRET)

test('lists show what is one’s own and no trace of the others', async () => {
  await open('/library')
  await stranger.locator('.bk').filter({ hasText: OWN }).first().waitFor()
  await seesNothing()
  for (const path of ['/notes', '/statistics', '/settings/members', '/settings/workspaces']) {
    await open(path)
    await seesNothing()
  }
})

test('search and the palette find nothing of the others', async () => {
  await open(`/search?q=${SECRET}`)
  await stranger.getByText(`Nothing found for “${SECRET}”`).waitFor()
  await open('/search?q=lamp')
  await stranger.locator('.hitrow').filter({ hasText: 'A page of our own' }).first().waitFor()
  await seesNothing()
  await stranger.keyboard.press('Control+k')
  await stranger.getByRole('combobox').fill(SECRET)
  await stranger.getByText('Nothing found.').waitFor()
})

test('addresses of what others have lead nowhere', async () => {
  await open(`/books/${theirs.bookId}?highlight=${theirs.highlightId}`)
  await stranger.getByText('This book is not here').waitFor()
  await seesNothing()
  await open(`/library?shelf=${theirs.shelfId}`)
  await seesNothing()
  expect(await stranger.locator('.bk').filter({ hasText: SECRET }).count()).toBe(0)
})

test('what others do now is not told', async () => {
  const events = await eventsWhile(async () => {
    const { client } = app.tenant.owner
    await client.call('createShelf', { body: { name: `${SECRET} again` } })
    await client.call('createNote', {
      body: {
        id: uuidv7(),
        body: `${SECRET} live`,
        visibility: 'workspace',
        created_at: new Date().toISOString(),
      },
    })
    // The last thing is one’s own: when it is told, all before it would have been.
    await strangers.owner.client.call('createShelf', { body: { name: 'Own shelf' } })
  })
  expect(events.join('\n')).toContain('shelf.')
  expect(events.filter((event) => event.includes(SECRET) || event.includes(theirs.bookId))).toEqual([])
  expect(events).toHaveLength(1)
})

test('nothing the browser received names anything of the others', () => {
  expect(received.length).toBeGreaterThan(10)
  const words = [SECRET, ...Object.values(theirs)]
  // A reply may repeat what was asked for when it says that there is no such thing.
  const traces = received.filter((text) => words.some((word) => text.includes(word)) && !NOT_FOUND.test(text))
  expect(traces).toEqual([])
})

/** What the stranger is told, up to the first thing about a shelf. */
async function eventsWhile(act: () => Promise<unknown>): Promise<string[]> {
  const events: string[] = []
  for await (const event of strangers.owner.client.events()) {
    if (event.type === 'ready') await act()
    else events.push(JSON.stringify(event))
    if (event.type.startsWith('shelf.')) break
  }
  return events
}
