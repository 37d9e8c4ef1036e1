import { issueRecord, type ReadRecord } from '@stoa/records'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MemoryNetwork } from '../../../platform/peers/memory-network.ts'
import { systemScheduler } from '../../../platform/peers/scheduler.ts'
import { encodeSyncRequest, SYNC_PROTOCOL } from '../plane/wire.ts'
import { nativeSignatures } from '../signatures.ts'
import { findBoard } from '../store/boards.ts'
import { countRecords } from '../store/plane.ts'
import { recordsHere } from '../store/records.ts'
import { newAuthor, ReplicatedNode } from '../testing/replicated-node.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const NAMES = ['a', 'b', 'c'] as const
const content = { digest: '5'.repeat(64), size: 5, type: 'text/markdown' }

test('what a key without the right has signed is kept out and counted on every node, and what has the right is not', async () => {
  const network = new MemoryNetwork({ scheduler: systemScheduler, latencyMs: [0, 1] })
  await using stack = new AsyncDisposableStack()
  const nodes: ReplicatedNode[] = []
  for (const name of NAMES) {
    const { tenantId } = await createTenant(db)
    const node = await new ReplicatedNode({
      ...{ database: db.database, tenantId, host: network.node(name), policy: 'on_demand' as const },
    }).start()
    stack.defer(() => node.replication.stop())
    nodes.push(node)
  }
  const [a] = nodes as [ReplicatedNode]
  const board = await a.write(null, { kind: 'board', title: 'By invitation', access: 'granted' })

  // Signed as it should be, by whom nobody has given a right; brought by a node that does not look.
  const intruder = newAuthor()
  const sign = (body: Parameters<typeof issueRecord>[2], after: readonly ReadRecord[] = []) => {
    const createdAt = board.record.createdAt + 1 + after.length
    const envelope = { board: board.id, createdAt, after: after.map(({ id }) => id) }
    return issueRecord(intruder, envelope, body, nativeSignatures())
  }
  const post = sign({ kind: 'post', title: 'Let me in', content, media: [] })
  const grant = sign({ kind: 'grant', subject: intruder.id, role: 'moderator' }, [post])
  const careless = network.node('careless')
  await careless.dial(['/memory/a/p2p/a'])
  const push = encodeSyncRequest({ op: 'push', records: [post.bytes, grant.bytes] })
  await careless.request('a', SYNC_PROTOCOL, push)

  const ids = [board.id, post.id, grant.id]
  for (const [n, node] of nodes.entries()) {
    // Each from the one before, which has it.
    const before = NAMES[n - 1]
    if (before !== undefined) await node.host.dial([`/memory/${before}/p2p/${before}`])
    await until('the records travelled', async () => (await node.tx((tx) => recordsHere(tx, ids))).size === 3)
    const row = await node.tx((tx) => findBoard(tx, board.id))
    expect(row).toMatchObject({ accepted: 1, kept_out: { no_right: 2 }, post_count: 0, moderators: [] })
    expect(await node.tx(countRecords)).toEqual({ records: 3, kept_out: 2 })
  }

  await nodes[2]?.host.dial(['/memory/a/p2p/a'])
  await a.write(board.id, { kind: 'grant', subject: intruder.id, role: 'author' })
  await a.write(board.id, { kind: 'post', title: 'Welcome', content, media: [] })
  for (const node of nodes) {
    const heard = async () => (await node.tx(countRecords)).records === 5
    await until('the grant travelled', heard)
    const row = await node.tx((tx) => findBoard(tx, board.id))
    expect(row).toMatchObject({ authors: [intruder.id], moderators: [] })
    expect(row?.kept_out).toEqual((await a.tx((tx) => findBoard(tx, board.id)))?.kept_out)
  }
})
