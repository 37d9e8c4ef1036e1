import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MemoryNetwork } from '../../../platform/peers/memory-network.ts'
import { systemScheduler } from '../../../platform/peers/scheduler.ts'
import { findBoard, type Policy, setPolicy } from '../store/boards.ts'
import { findContents } from '../store/contents.ts'
import { ReplicatedNode } from '../testing/replicated-node.ts'

const DAY = 86_400_000
const POLICIES = [null, 'all', 'recent', 'on_demand', 'pinned'] as const

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

/** Giver and taker, with a board for each policy that the taker sets for a board, and none. */
async function twoNodes(policy: Policy) {
  const network = new MemoryNetwork({ scheduler: systemScheduler, latencyMs: [0, 1] })
  const node = async (name: string) => {
    const { tenantId } = await createTenant(db)
    return new ReplicatedNode({ database: db.database, tenantId, host: network.node(name), policy }).start()
  }
  const [giver, taker] = [await node('giver'), await node('taker')]
  const stop = async () => {
    for (const { replication } of [giver, taker]) await replication.stop()
  }
  const at = systemScheduler.now() - 90 * DAY
  const boards = new Map<Policy | null, string>()
  for (const one of POLICIES) {
    const { id } = await giver.write(null, { kind: 'board', title: String(one), access: 'open' }, { at })
    boards.set(one, id)
  }
  await taker.host.dial(['/memory/giver/p2p/giver'])
  for (const [one, id] of boards) {
    await until('the board is here', async () => (await taker.tx((tx) => findBoard(tx, id)))?.title != null)
    await taker.tx((tx) => setPolicy(tx, id, one))
  }
  return { giver, taker, boards, [Symbol.asyncDispose]: stop }
}

async function isHere(node: ReplicatedNode, digests: readonly string[]): Promise<boolean[]> {
  const rows = await node.tx((tx) => findContents(tx, digests))
  return digests.map((digest) => rows.get(digest)?.whole ?? false)
}

test.each<[Policy, readonly string[]]>([
  ['all', ['null old', 'null new', 'all old', 'all new', 'recent new']],
  ['recent', ['null new', 'all old', 'all new', 'recent new']],
  ['on_demand', ['all old', 'all new', 'recent new']],
  ['pinned', ['all old', 'all new', 'recent new']],
])('a node that fetches %s by itself: what a board says goes before', async (policy, expected) => {
  await using nodes = await twoNodes(policy)
  const { giver, taker, boards } = nodes
  const texts = new Map<string, string>()
  const ages = { old: 31 * DAY, new: 29 * DAY }
  for (const [age, ms] of Object.entries(ages))
    for (const [one, id] of boards) {
      const text = `${one} ${age}`
      const { digest } = await giver.post(id, text, { at: systemScheduler.now() - ms })
      texts.set(digest, text)
    }
  const digests = [...texts.keys()]
  const heard = async () => (await taker.tx((tx) => findContents(tx, digests))).size === digests.length
  await until('every post is listed', heard)
  const wanted = digests.filter((one) => expected.includes(texts.get(one) ?? ''))
  await until('what is wanted is here', async () => (await isHere(taker, wanted)).every(Boolean))
  expect(taker.fetched.map((one) => texts.get(one)).sort()).toEqual(expected.toSorted())
  expect((await isHere(taker, digests)).filter(Boolean)).toHaveLength(expected.length)
})
