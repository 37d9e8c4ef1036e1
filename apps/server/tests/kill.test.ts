import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { uuidv7 } from '@stoa/kernel'
import { type Client, createClient } from '@stoa/sdk'
import { buildEpub } from '@stoa/testkit/books/epub'
import { generatedBook } from '@stoa/testkit/books/library'
import { Dice } from '@stoa/testkit/books/random'
import { type ChildProgram, startChildProgram } from '@stoa/testkit/child-program'
import { settledBook } from '@stoa/testkit/members'
import { temporaryFolder } from '@stoa/testkit/temporary-folder'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROUNDS = 20
const LONGEST_DELAY_MS = 50
/** In every fifth round PostgreSQL is killed, too, and has to recover; in the others it is found running. */
const KILLS_DATABASE = (round: number) => round % 5 === 3
const KINDS = ['upload', 'position', 'highlight', 'note'] as const

let folder: string
let stoa: ChildProgram
let postgres = 0
let token = ''
let client: Client

beforeAll(async () => {
  folder = await temporaryFolder('stoa-kill')
  await start()
  token = await claim()
})
afterAll(async () => {
  await stoa?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Starts the program on what is there; tells which PostgreSQL it has, and whether that one was still running. */
async function start(): Promise<{ adopted: boolean }> {
  stoa = await startChildProgram({
    dataDir: join(folder, 'data'),
    environment: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
  client = createClient({ baseUrl: stoa.url, tokens: { get: async () => token } })
  const [, pid = '', adopted = ''] =
    /action=postgres_ready .*?pid=(\d+) .*?adopted=(\w+)/.exec(stoa.output()) ?? []
  postgres = Number(pid)
  return { adopted: adopted === 'true' }
}

async function claim(): Promise<string> {
  const setup = /#token=(\S+)/.exec(stoa.output())?.[1] ?? ''
  const owner = { organisation_name: 'Group', display_name: 'Ada', locale: 'en', time_zone: 'UTC' } as const
  const session = await client.call('completeSetup', { body: { token: setup, ...owner } })
  return session.access_token
}

/** Something a person did: `send` may be repeated, `stored` reads it back. */
interface Act {
  readonly kind: (typeof KINDS)[number]
  send(): Promise<unknown>
  stored(): Promise<unknown>
}

const smallBook = (name: string) => {
  const words = Array.from({ length: 60 }, (_, i) => `${name} keeps line ${i} of the log.`).join(' ')
  const chapter = { file: 'one.xhtml', title: name, body: `<h1>${name}</h1><p>${words}</p>` }
  return buildEpub({ title: name, language: 'en', identifier: `urn:${name}`, chapters: [chapter] })
}

/** Reserves an upload and sends the file: the act itself is the call that completes it. */
async function upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Act> {
  const { id, transfer } = await client.call('createUpload', {
    body: { filename: `${name}.epub`, size: bytes.length },
  })
  const { url, method, headers } = transfer
  const put = await fetch(new URL(url, stoa.url), { method, headers, body: bytes })
  expect(put.ok).toBe(true)
  const [book, idempotencyKey] = [uuidv7(), uuidv7()]
  return {
    kind: 'upload',
    send: () => client.call('createBook', { body: { upload_id: id, id: book } }, { idempotencyKey }),
    stored: () => settledBook(client, book),
  }
}

const locator = (at: number) => ({ type: 'epub' as const, cfi: `epubcfi(/6/4!/4/2,/1:${at},/1:${at + 9})` })

function position(bookId: string, at: number): Act {
  const device = { device_id: `device-${at}`, device_name: 'Laptop' }
  const recorded_at = new Date(Date.UTC(2026, 10, 20) + at * 60_000).toISOString()
  const body = { ...device, recorded_at, fraction: at / 1000, locator: locator(at) }
  return {
    kind: 'position',
    send: () => client.call('putPosition', { path: { book_id: bookId }, body }),
    stored: async () => {
      const { position: latest, others } = await client.call('getPosition', { path: { book_id: bookId } })
      return [latest, ...others].filter((each) => each?.device_id === body.device_id)
    },
  }
}

function highlight(bookId: string, at: number): Act {
  const quote = { exact: `passage ${at}`, prefix: '', suffix: '' }
  const body = { id: uuidv7(), book_id: bookId, locator: locator(at), quote, color: 'sage' as const }
  const idempotencyKey = uuidv7()
  return {
    kind: 'highlight',
    send: () => client.call('createHighlight', { body }, { idempotencyKey }),
    stored: () => client.call('getHighlight', { path: { highlight_id: body.id } }),
  }
}

function note(bookId: string, at: number): Act {
  const body = { id: uuidv7(), book_id: bookId, body: `Thought ${at}` }
  const idempotencyKey = uuidv7()
  return {
    kind: 'note',
    send: () => client.call('createNote', { body }, { idempotencyKey }),
    stored: () => client.call('getNote', { path: { note_id: body.id } }),
  }
}

/** One act of each kind. */
async function fourActs(bookId: string, at: number, bytes = smallBook(`Log ${at}`)): Promise<Act[]> {
  return [await upload(`Log ${at}`, bytes), position(bookId, at), highlight(bookId, at), note(bookId, at)]
}

test('killed at any moment, it has kept all it acknowledged, repeats nothing twice and finishes by itself', {
  timeout: 600_000,
}, async () => {
  const dice = new Dice(20_261_122)
  const shelf = await upload('Shelf', smallBook('Shelf'))
  const { id: bookId } = (await shelf.send()) as { id: string }
  let resumed = 0
  for (let round = 0; round < ROUNDS; round++) {
    // A larger book now and then: it is being read in for a second, and is cut off in the middle.
    const large = round % 10 === 1 ? generatedBook(7, round).bytes : undefined
    const acts = await fourActs(bookId, 2 * round, large)
    const late = await fourActs(bookId, 2 * round + 1)
    const acknowledged = new Map<Act, unknown>()
    const attempt = async (act: Act) => void acknowledged.set(act, await act.send())

    await Promise.all(acts.map(attempt))
    const underWay = Promise.allSettled(late.map(attempt))
    await delay(dice.between(0, LONGEST_DELAY_MS))
    if (KILLS_DATABASE(round)) process.kill(postgres, 'SIGKILL')
    await stoa.kill()
    await underWay

    const before = postgres
    const { adopted } = await start()
    expect(adopted).toBe(!KILLS_DATABASE(round))
    expect(postgres === before).toBe(adopted)
    if (stoa.output().includes('action=jobs_resumed')) resumed++
    await verify(acknowledged)
    acknowledged.clear()
    await Promise.all(late.map(attempt))
    await verify(acknowledged)
  }
  await verifyTotals(bookId)
  expect(resumed, 'jobs were cut off and went on').toBeGreaterThan(0)
})

/** Everything acknowledged is there, and a repetition is answered as the first time. */
async function verify(acknowledged: ReadonlyMap<Act, unknown>): Promise<void> {
  await Promise.all(
    [...acknowledged].map(async ([act, reply]) => {
      const stored = await act.stored()
      if (act.kind === 'upload') {
        expect(stored).toMatchObject({ id: (reply as { id: string }).id, state: 'ACTIVE', progress: 1 })
      } else if (act.kind === 'position') {
        expect(stored).toHaveLength(1)
      } else {
        expect(stored).toEqual(reply)
      }
      if (act.kind !== 'position') expect(await act.send()).toEqual(reply)
    }),
  )
}

async function verifyTotals(bookId: string): Promise<void> {
  const each = 2 * ROUNDS
  const highlights = await client.call('listHighlights', { query: { book_id: bookId, limit: 200 } })
  expect(highlights.items).toHaveLength(each)
  const notes = await client.call('listNotes', { query: { book_id: bookId, limit: 200 } })
  expect(notes.items).toHaveLength(each)
  const { position: last } = await client.call('getPosition', { path: { book_id: bookId } })
  expect(last?.device_id).toBe(`device-${each - 1}`)
  const books = await client.call('listBooks', { query: { limit: 200 } })
  const filenames = books.items.map((book) => book.filename).filter((name) => name.startsWith('Log '))
  expect(filenames).toHaveLength(each)
  expect(new Set(books.items.map((book) => book.state))).toEqual(new Set(['ACTIVE']))
  // A passage that was stored twice would be found twice.
  const found = await client.call('search', { query: { q: '"Log 3 keeps line 7"', kinds: ['passage'] } })
  expect(found.items).toHaveLength(1)
}
