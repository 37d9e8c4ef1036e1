import type { BookFilter } from '@stoa/server/capabilities/library/store/book-filter.ts'
import { listBooks } from '@stoa/server/capabilities/library/store/book-list.ts'
import type { BookSort } from '@stoa/server/capabilities/library/store/book-order.ts'
import { countLibrary } from '@stoa/server/capabilities/library/store/library-counts.ts'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { addBooks, startInstallation } from '../support/installation.ts'
import { quantile, timed } from '../support/quantiles.ts'

const SORTS: readonly BookSort[] = ['recently_read', 'recently_added', 'title', 'author', 'progress']

const FILTERS: readonly [name: string, filter: Partial<BookFilter>][] = [
  ['EPUBs', { formats: ['epub'] }],
  ['English books', { language: 'en' }],
  ['books not begun', { status: 'none' }],
]

/** Pages of 60 of a large library, as the grid asks for them: first pages, jumps to any place, a name while typing, counts. */
export const run: Bench = async ({ quick, log }) => {
  const books = quick ? 5000 : 100_000
  const times = quick ? 20 : 100
  await using installation = await startInstallation()
  log(`${books} books`)
  await addBooks(installation, books)
  await installation.sql('vacuum analyze')
  const { tenant, as } = installation
  const scope = { accountId: tenant.owner.accountId, workspaceIds: [tenant.workspaceId], trashed: false }
  const figures: Figure[] = []
  const measure = async (name: string, act: (index: number) => Promise<unknown>) => {
    const taken = await timed(times, act)
    for (const [metric, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      figures.push({ case: `${books} books, ${name}`, metric, value: quantile(taken, share), unit: 'ms' })
    }
    log(name)
  }
  for (const sort of SORTS) {
    await measure(`first page by ${sort}`, () =>
      as((tx) => listBooks(tx, scope, sort, { offset: 0, limit: 60 })),
    )
    await measure(`any page by ${sort}`, (index) =>
      as((tx) => listBooks(tx, scope, sort, { offset: Math.floor((index * 7919) % books), limit: 60 })),
    )
  }
  for (const [name, filter] of FILTERS) {
    await measure(`any page of ${name}`, (index) =>
      as((tx) =>
        listBooks(tx, { ...scope, ...filter }, index % 2 ? 'title' : 'recently_read', {
          offset: Math.floor((index * 7919) % (books / 2)),
          limit: 60,
        }),
      ),
    )
  }
  await measure('name by its beginning', (index) =>
    as((tx) =>
      listBooks(tx, { ...scope, nameQuery: `book:* & ${index}:*` }, 'title', { offset: 0, limit: 60 }),
    ),
  )
  await measure('counts of the sidebar', () =>
    as((tx) => countLibrary(tx, scope.accountId, scope.workspaceIds)),
  )
  return figures
}
