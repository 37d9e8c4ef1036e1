import { uuidv7 } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant, type TestTenant } from '@stoa/testkit/identity'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BookFilter } from './book-filter.ts'
import { type BookCursor, listBooks } from './book-list.ts'
import type { BookSort } from './book-order.ts'

/** As the test knows it; `read` and `fraction` are those of the account that asks. */
interface Known {
  id: string
  workspace: number
  title: string
  author: string
  added: number
  trashed: boolean
  format: string
  status: string | null
  read: number | null
  fraction: number
}

const BOOKS = 120
const minute = 60_000
const start = Date.UTC(2026, 0, 1)
let db: TestDatabase
let tenant: TestTenant
let workspaces: string[]
let known: Known[]

const pick = <T>(of: readonly T[], index: number): T => of[index % of.length] as T

/** Few distinct titles, times and fractions, so that ties are the rule. */
function makeBooks(): Known[] {
  return Array.from({ length: BOOKS }, (_, n) => {
    const status = pick([null, 'none', 'to_read', 'reading', 'finished', null, null], n * 5 + (n >> 3))
    return {
      id: uuidv7(),
      workspace: pick([0, 0, 1, 2], n * 3 + (n >> 4)),
      title: `title ${(n * 7) % 11}`,
      author: `author ${(n * 3) % 5}`,
      added: start + ((n * 13) % 17) * minute,
      trashed: n % 9 === 4,
      format: pick(['epub', 'pdf'], n + (n >> 2)),
      status,
      read: status && n % 4 !== 0 ? start + ((n * 5) % 7) * minute : null,
      fraction: status ? (n % 5) / 4 : 0,
    }
  })
}

async function insertAll(): Promise<void> {
  for (const book of known) {
    const at = new Date(book.added)
    const workspace = workspaces[book.workspace]
    await db.sql('insert into stoa.contents (tenant_id, id, sha256, size) values ($1, $2, $3, 1)', [
      ...[tenant.tenantId, book.id, book.id.replaceAll('-', '').padEnd(64, '0')],
    ])
    await db.sql(
      `insert into stoa.books (tenant_id, id, workspace_id, content_id, state, filename, format, title, title_key, author_key,
         name_words, added_by, added_at, trashed_at)
       values ($1, $2, $3, $2, 'ACTIVE', 'f', $4, $5, $5, $6, '', $7, $8, $9)`,
      [
        ...[tenant.tenantId, book.id, workspace, book.format, book.title, book.author],
        ...[tenant.owner.accountId, at, book.trashed ? at : null],
      ],
    )
    for (const [account, shift] of [
      [tenant.owner.accountId, 0],
      [tenant.member.accountId, 3],
    ] as const) {
      if (book.status === null) continue
      await db.sql(
        `insert into stoa.book_readers (tenant_id, book_id, account_id, status, fraction, read_at) values ($1, $2, $3, $4, $5, $6)`,
        [
          ...[tenant.tenantId, book.id, account, book.status, shift ? 1 - book.fraction : book.fraction],
          book.read === null ? null : new Date(book.read + shift * minute),
        ],
      )
    }
  }
}

beforeAll(async () => {
  db = await testDatabase()
  tenant = await createTenant(db, 'Readers')
  workspaces = [tenant.workspaceId, uuidv7(), uuidv7()]
  for (const id of workspaces.slice(1)) {
    await db.sql('insert into stoa.workspaces (tenant_id, id, name) values ($1, $2, $3)', [
      ...[tenant.tenantId, id, 'Another'],
    ])
  }
  known = makeBooks()
  await insertAll()
}, 60_000)
afterAll(() => db.close())

type Keys = (book: Known) => readonly (string | number)[]

const ascending = (keys: Keys) => (a: Known, b: Known) => {
  const [left, right] = [keys(a), keys(b)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1
}
const descending = (keys: Keys) => (a: Known, b: Known) => ascending(keys)(b, a)

const naive: Record<BookSort, (books: Known[]) => Known[]> = {
  recently_added: (books) => books.toSorted(descending(({ added, id }) => [added, id])),
  title: (books) => books.toSorted(ascending(({ title, id }) => [title, id])),
  author: (books) => books.toSorted(ascending(({ author, title, id }) => [author, title, id])),
  recently_read: (books) => [
    ...books.filter(({ read }) => read !== null).sort(descending(({ read, id }) => [read ?? 0, id])),
    ...naive.recently_added(books.filter(({ read }) => read === null)),
  ],
  progress: (books) => [
    ...books.filter(({ fraction }) => fraction > 0).sort(descending(({ fraction, id }) => [fraction, id])),
    ...naive.title(books.filter(({ fraction }) => fraction === 0)),
  ],
}

function matches({ workspaceIds, trashed, status, formats }: BookFilter): Known[] {
  return known.filter(
    (book) =>
      workspaceIds.includes(workspaces[book.workspace] as string) &&
      book.trashed === trashed &&
      (status === undefined || (book.status ?? 'none') === status) &&
      (formats === undefined || formats.includes(book.format)),
  )
}

const sorts = fc.constantFrom<BookSort>('recently_read', 'recently_added', 'title', 'author', 'progress')
const filters = fc.record(
  {
    inside: fc.subarray([0, 1, 2]),
    trashed: fc.boolean(),
    status: fc.option(fc.constantFrom('none', 'to_read', 'reading', 'finished'), { nil: undefined, freq: 2 }),
    formats: fc.option(fc.constant(['epub']), { nil: undefined, freq: 2 }),
  },
  { requiredKeys: ['inside', 'trashed'] },
)
type Drawn = typeof filters extends fc.Arbitrary<infer T> ? T : never

const filterOf = ({ inside, status, formats, trashed }: Drawn): BookFilter => ({
  accountId: tenant.owner.accountId,
  workspaceIds: inside.map((index) => workspaces[index] as string),
  trashed,
  ...(status && { status }),
  ...(formats && { formats }),
})

const list = (
  filter: BookFilter,
  sort: BookSort,
  page: { cursor?: BookCursor; offset: number; limit: number },
) =>
  db.database.tenantRead({ tenantId: tenant.tenantId, accountId: tenant.owner.accountId }, (tx) =>
    listBooks(tx, filter, sort, page),
  )

test('a page from any number on is what a plain sort gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...([filters, sorts, fc.nat({ max: BOOKS }), fc.integer({ min: 1, max: 30 })] as const),
      async (drawn, sort, offset, limit) => {
        const filter = filterOf(drawn)
        const all = naive[sort](matches(filter)).map(({ id }) => id)
        const { rows, next, total } = await list(filter, sort, { offset, limit })
        expect(rows.map(({ id }) => id)).toEqual(all.slice(offset, offset + limit))
        expect(total).toBe(all.length)
        expect(next !== undefined).toBe(all.length > offset + limit)
      },
    ),
    { seed: 1, numRuns: 250 },
  )
})

test('cursors lead through everything once, from wherever one jumped to', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...([filters, sorts, fc.nat({ max: 40 }), fc.integer({ min: 7, max: 30 })] as const),
      async (drawn, sort, offset, limit) => {
        const filter = filterOf(drawn)
        const all = naive[sort](matches(filter)).map(({ id }) => id)
        const seen: string[] = []
        let cursor: BookCursor | undefined
        do {
          const page = await list(filter, sort, {
            offset: cursor ? 0 : offset,
            limit,
            ...(cursor && { cursor }),
          })
          seen.push(...page.rows.map(({ id }) => id))
          cursor = page.next
        } while (cursor)
        expect(seen).toEqual(all.slice(offset))
      },
    ),
    { seed: 2, numRuns: 40 },
  )
})
