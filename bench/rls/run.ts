import type { Bench, Figure } from '../../tools/bench/row.ts'
import { startInstallation } from '../support/installation.ts'
import { quantile } from '../support/quantiles.ts'
import { fill } from './fill.ts'
import { queriesOf } from './queries.ts'
import { withoutPolicies } from './without.ts'

/** What row-level security costs each query: the median of both ways, taken in turns. */
export const run: Bench = async ({ quick, log }) => {
  await using installation = await startInstallation()
  const { tenant, as, sql } = installation
  const ids = await fill(installation, quick ? 1000 : 20_000)
  await sql('vacuum analyze')
  await using bare = await withoutPolicies(installation)
  log('filled')
  const figures: Figure[] = []
  for (const [name, query] of queriesOf(tenant, ids)) {
    const [secured, open]: [number[], number[]] = [[], []]
    for (let round = -3; round < (quick ? 10 : 101); round++) {
      for (const [times, run] of round % 2 === 0
        ? ([
            [secured, as],
            [open, bare.as],
          ] as const)
        : ([
            [open, bare.as],
            [secured, as],
          ] as const)) {
        const began = performance.now()
        await run(query)
        if (round >= 0) times.push(performance.now() - began)
      }
    }
    figures.push({
      ...{ case: name, metric: 'p50', value: quantile(secured, 0.5), unit: 'ms' },
      ...{ peer: 'without policies', peerValue: quantile(open, 0.5) },
    })
    log(`${name}: ${(quantile(secured, 0.5) / quantile(open, 0.5)).toFixed(2)}`)
  }
  return figures
}
