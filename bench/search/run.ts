import { createPostgresSearch } from '@stoa/server/platform/search/postgres/postgres-search.ts'
import { parseQuery } from '@stoa/server/platform/search/query.ts'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { addBooks, startInstallation } from '../support/installation.ts'
import { passagesOf } from '../support/passages.ts'
import { quantile, timed } from '../support/quantiles.ts'

/** BM25 over everything and inside a tenth of the books, phrases and prefixes; half of the books are Chinese. */
export const run: Bench = async ({ quick, log }) => {
  const books = quick ? 12 : 500
  const times = quick ? 20 : 300
  const engine = createPostgresSearch()
  await using installation = await startInstallation()
  const contentIds = await addBooks(installation, books)
  const { tenantId, owner } = installation.tenant
  const queries: string[] = []
  let passages = 0
  const started = performance.now()
  for (const [index, contentId] of contentIds.entries()) {
    const { texts, words } = passagesOf(index)
    queries.push(...words)
    passages += texts.length
    const indexed = texts.map((text, ord) => ({ ord, text, headings: [] }))
    await installation.database.tenant({ tenantId, accountId: owner.accountId }, (tx) =>
      engine.indexContent(tx, tenantId, contentId, indexed),
    )
    if (index % 50 === 49) log(`${index + 1} books indexed`)
  }
  const figures: Figure[] = [
    {
      case: `${passages} passages`,
      metric: 'indexing',
      value: (performance.now() - started) / passages,
      unit: 'ms per passage',
    },
  ]
  await installation.sql('analyze')
  const tenth = contentIds.filter((_, index) => index % 10 === 0)
  const pair = (index: number) =>
    `${queries[index % queries.length]} ${queries[(index * 31 + 7) % queries.length]}`
  const kinds: [name: string, query: (index: number) => string][] = [
    ['two words', pair],
    ['phrase', (index) => `"${queries[index % queries.length]}"`],
    ['prefix', (index) => `${(queries[index % queries.length] ?? '').slice(0, 4)}*`],
  ]
  for (const [kind, query] of kinds) {
    for (const [scope, ids] of [
      ['everything', contentIds],
      ['a tenth of the books', tenth],
    ] as const) {
      const taken = await timed(times, (index) =>
        installation.as((tx) => engine.searchPassages(tx, parseQuery(query(index)), { contentIds: ids }, 20)),
      )
      for (const [metric, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['slowest', 1],
      ] as const) {
        figures.push({
          case: `${passages} passages, ${kind}, ${scope}`,
          metric,
          value: quantile(taken, share),
          unit: 'ms',
        })
      }
      log(`${kind}, ${scope}`)
    }
  }
  return figures
}
