import { createHash } from 'node:crypto'
import { authorOf, issueRecord } from '@stoa/records'
import { expect, test } from 'vitest'
import { PeerRefusal } from '../../../platform/peers/errors.ts'
import { nativeSignatures } from '../signatures.ts'
import { SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'
import { heldOf, recordHolder, type SyncBehaviour } from './testing/record-holder.ts'
import { scriptedNode } from './testing/scripted-node.ts'

/** Nodes of builds that do not know a question: they take it for none of the protocol. */

const unknown: SyncBehaviour = () => {
  throw new PeerRefusal('malformed', 'This is no message of the protocol.')
}

/** More than are asked for by their ids, where ranges are to be had. */
function manyRecords(now: number) {
  const [author, signatures] = [authorOf(new Uint8Array(32).fill(5)), nativeSignatures()]
  const board = createHash('sha256').update('board').digest('hex')
  return Array.from({ length: 700 }, (_, n) => {
    const head = { board, createdAt: now - 1_000_000 + n * 1000, after: [] }
    const target = createHash('sha256').update(`${n}`).digest('hex')
    return heldOf(issueRecord(author, head, { kind: 'delete', target }, signatures))
  })
}

async function besideOneThatHolds(some: number) {
  const cluster = new SimulatedCluster(1, 3)
  await cluster.start()
  const [here] = cluster.nodes as [SimulatedNode]
  const records = manyRecords(cluster.time.now())
  const asked: string[] = []
  const node = (held: typeof records) => recordHolder(held, { on: { range: unknown } })
  let holder = node(records.slice(0, some))
  const host = scriptedNode(cluster.network, 'older', {
    sync: (request) => {
      asked.push(request.op)
      return holder(request)
    },
  })
  const dial = () => cluster.time.until(host.dial([`/memory/${here.name}/p2p/${here.name}`]))
  await dial()
  return {
    ...{ cluster, here, records, dial },
    holdsAll: () => {
      holder = node(records)
    },
    ranges: () => asked.filter((op) => op === 'range').length,
    state: () => here.plane!.states.all().find(({ peer }) => peer === 'older'),
  }
}

test('SYNC-7: a node that does not know ranges is asked by ids, and nothing is held against it', async () => {
  const { cluster, here, records, ranges, state } = await besideOneThatHolds(700)
  await cluster.time.advance(900)
  expect(here.shelves.size).toBe(records.length)
  expect(state()).toMatchObject({ lastError: undefined, failures: 0, missing: 0 })
  expect(here.plane!.scores.scoreOf('older')).toBe(0)
  expect(here.plane!.lagSeconds).toBe(0)
  expect(ranges()).toBe(1)
})

test('SYNC-7: it is asked for a range once a connection, for it may be a newer build that comes back', async () => {
  const { cluster, here, records, ranges, holdsAll, dial } = await besideOneThatHolds(100)
  await cluster.time.advance(5_000)
  expect([here.shelves.size, ranges()]).toEqual([100, 0])
  holdsAll()
  await cluster.time.advance(60_000)
  expect([here.shelves.size, ranges()]).toEqual([records.length, 1])
  here.shelves.forget()
  await cluster.time.advance(60_000)
  expect([here.shelves.size, ranges()]).toEqual([records.length, 1])
  here.shelves.forget()
  cluster.network.cut('older', here.name)
  await dial()
  await cluster.time.advance(5_000)
  expect([here.shelves.size, ranges()]).toEqual([records.length, 2])
})
