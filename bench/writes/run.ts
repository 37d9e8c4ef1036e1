import { createTenant } from '@stoa/testkit/identity'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { type Installation, startInstallation } from '../support/installation.ts'

/** Commits a second of so many writers, each transaction with one event; writers take the tenants in turns. */
async function commitsPerSecond(
  { database }: Installation,
  tenantIds: readonly string[],
  writers: number,
  seconds: number,
): Promise<number> {
  const until = performance.now() + seconds * 1000
  let commits = 0
  const write = async (writer: number) => {
    const actor = { tenantId: tenantIds[writer % tenantIds.length] as string, accountId: null }
    while (performance.now() < until) {
      await database.tenant(actor, (tx) => tx.emit({ type: 'bench.written', payload: { writer } }))
      commits++
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  return commits / seconds
}

/** Events of a tenant get their ids in the order of commits, one commit after the other: how many that lets through. */
export const run: Bench = async ({ quick, log }) => {
  await using installation = await startInstallation()
  const asOwner = {
    sql: async (text: string, values?: unknown[]) => (await installation.sql(text, values)).rows,
  }
  const others = await Promise.all(Array.from({ length: 7 }, () => createTenant(asOwner, 'Other')))
  const tenantIds = [installation.tenant.tenantId, ...others.map(({ tenantId }) => tenantId)]
  const seconds = quick ? 1 : 8
  const figures: Figure[] = []
  for (const writers of [1, 8]) {
    await commitsPerSecond(installation, tenantIds, writers, 0.3)
    const own = await commitsPerSecond(installation, tenantIds.slice(0, 1), writers, seconds)
    const spread = await commitsPerSecond(installation, tenantIds, writers, seconds)
    figures.push({
      ...{ case: `${writers} writers, each transaction with an event, one tenant`, metric: 'speed' },
      ...{ value: own, unit: 'commits per s', peer: 'as many tenants as writers', peerValue: spread },
    })
    log(`${writers} writers`)
  }
  return figures
}
