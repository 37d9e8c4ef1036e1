import { createPostgresSearch } from '@stoa/server/platform/search/postgres/postgres-search.ts'
import { parseQuery } from '@stoa/server/platform/search/query.ts'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { addBooks, type Installation, startInstallation } from '../support/installation.ts'
import { type GeneratedPassage, Prose } from '../support/prose.ts'
import { quantile, timed } from '../support/quantiles.ts'
import { queriesFor } from './queries.ts'

const SEED = 20_261_122
const PASSAGES = 400
const WRITERS = 2
/** So many books are indexed one after the other, to be timed. */
const MEASURED = 20

const engine = createPostgresSearch()

/** BM25 over everything and inside a tenth of the books, phrases and prefixes; half of the books are Chinese. */
export const run: Bench = async ({ quick, size, log }) => {
  const books = Math.ceil((size ?? (quick ? 8000 : 200_000)) / PASSAGES)
  const times = quick ? 20 : 150
  await using installation = await startInstallation()
  const contentIds = await addBooks(installation, books)
  const prose = new Prose(SEED)
  const known: GeneratedPassage[] = []
  const index = async (book: number) => {
    const passages = prose.book(book, PASSAGES)
    for (let nth = 0; nth < times; nth += books) {
      known[nth + book] = passages[(nth + book * 7) % PASSAGES] as GeneratedPassage
    }
    return indexBook(installation, contentIds[book] as string, passages)
  }
  const figures = [await indexAll(books, index, log)]
  await installation.sql('vacuum analyze')
  const tenth = contentIds.filter((_, book) => Math.floor(book / 2) % 10 === 0)
  for (const [kind, queries] of queriesFor(known.slice(0, times))) {
    for (const [scope, ids] of [
      ['everything', contentIds],
      ['a tenth of the books', tenth],
    ] as const) {
      const find = (nth: number) =>
        installation.as((tx) =>
          engine.searchPassages(tx, parseQuery(queries[nth] ?? ''), { contentIds: ids }, 20),
        )
      const taken = await timed(queries.length, find)
      figures.push(...figuresOf(`${books * PASSAGES} passages, ${kind}, ${scope}`, taken, queries))
      log(`${kind}, ${scope}`)
    }
  }
  return figures
}

/** Milliseconds that indexing took. */
async function indexBook(
  { database, tenant }: Installation,
  contentId: string,
  passages: readonly GeneratedPassage[],
): Promise<number> {
  const { tenantId, owner } = tenant
  const texts = passages.map(({ text }, ord) => ({ ord, text, headings: [] }))
  const started = performance.now()
  await database.tenant({ tenantId, accountId: owner.accountId }, (tx) =>
    engine.indexContent(tx, tenantId, contentId, texts),
  )
  return performance.now() - started
}

async function indexAll(
  books: number,
  index: (book: number) => Promise<number>,
  log: (line: string) => void,
): Promise<Figure> {
  const measured = Math.min(MEASURED, books)
  let spent = 0
  for (let book = 0; book < measured; book++) spent += await index(book)
  let next = measured
  const write = async () => {
    while (next < books) {
      const book = next++
      await index(book)
      if (book % 50 === 49) log(`${book + 1} books indexed`)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  return {
    case: `first ${measured * PASSAGES} of ${books * PASSAGES} passages`,
    ...{ metric: 'indexing', value: spent / measured / PASSAGES, unit: 'ms per passage' },
  }
}

function figuresOf(name: string, taken: readonly number[], queries: readonly string[]): Figure[] {
  const slowest = taken.indexOf(Math.max(...taken))
  return [
    { case: name, metric: 'p50', value: quantile(taken, 0.5), unit: 'ms' },
    { case: name, metric: 'p95', value: quantile(taken, 0.95), unit: 'ms' },
    { case: name, metric: `slowest: ${queries[slowest]}`, value: quantile(taken, 1), unit: 'ms' },
  ]
}
