import { expect, test } from 'vitest'
import { PeerRefusal } from '../../../platform/peers/errors.ts'
import type { SimulatedNode } from './testing/cluster.ts'
import { recordHolder } from './testing/record-holder.ts'
import { scriptedNode } from './testing/scripted-node.ts'
import { begin } from './testing/storm.ts'
import { encodeSyncRequest, type ReachWord, SYNC_PROTOCOL, type SyncRequest } from './wire.ts'

/** Three nodes that compared a second ago: the next time is twenty seconds off at least. */
async function inStep() {
  const { cluster, boardId, owner } = await begin(3, 7)
  const others = cluster.nodes.filter((node) => node !== owner)
  const word = (reach: ReachWord['reach'], ahead = 0): ReachWord => ({
    ...{ id: boardId, reach },
    at: cluster.time.now() + ahead,
  })
  const set = async (one: ReachWord) => {
    await owner.shelves.learnReaches([one])
    owner.plane!.announce([], [one])
  }
  const reachAt = async (node: SimulatedNode) =>
    (await node.shelves.reaches()).find(({ id }) => id === boardId)?.reach
  const heard = () => Promise.all(others.map(reachAt))
  return { cluster, boardId, owner, others, word, set, heard }
}

test('SYNC-9: what reach a board was given is heard at once, both ways', async () => {
  const { cluster, word, set, heard } = await inStep()
  await set(word('public'))
  await cluster.time.advance(200)
  expect(await heard()).toEqual(['public', 'public'])
  await set(word('cluster'))
  await cluster.time.advance(200)
  expect(await heard()).toEqual(['cluster', 'cluster'])
})

test('SYNC-9: of a board that is new the reach is heard with its first records', async () => {
  const { cluster, owner, others } = await inStep()
  const board = await owner.write(null, { kind: 'board', title: 'Public from the first', access: 'open' })
  const word = { id: board.id, reach: 'public', at: cluster.time.now() } as const
  await owner.shelves.learnReaches([word])
  owner.plane!.announce([board], [word])
  await cluster.time.advance(500)
  for (const node of others) expect(await node.shelves.reaches()).toEqual([word])
})

test('SYNC-1: a node that hears of a board for the first time knows its reach with it', async () => {
  const { cluster, boardId, owner, others, word, set } = await inStep()
  const [late] = others as [SimulatedNode]
  late.stop()
  await set(word('public'))
  late.shelves.forget()
  await late.start()
  await cluster.connect()
  await cluster.time.advance(2_000)
  expect(late.shelves.size).toBe(owner.shelves.size)
  expect((await late.shelves.reaches()).map(({ id, reach }) => [id, reach])).toEqual([[boardId, 'public']])
})

test('REACH-1: the later word holds however they arrive, and none that is dated ahead', async () => {
  const { cluster, word, set, heard, others } = await inStep()
  const [early, late] = [word('cluster'), word('public', 1000)]
  await set(late)
  for (const node of others) node.plane!.announce([], [early])
  await cluster.time.advance(500)
  expect(await heard()).toEqual(['public', 'public'])
  await set(word('cluster', 600_000))
  await cluster.time.advance(60_000)
  expect(await heard()).toEqual(['public', 'public'])
  await cluster.time.advance(300_000)
  expect(await heard()).toEqual(['cluster', 'cluster'])
})

test('SYNC-9: who is no member sets no reach, and is not told of one', async () => {
  const { cluster, owner, word, set, heard } = await inStep()
  const asked: SyncRequest['op'][] = []
  const holder = recordHolder([])
  const stranger = scriptedNode(cluster.network, 'stranger', {
    sync: (request) => {
      asked.push(request.op)
      return holder(request)
    },
  })
  cluster.strangers.add('stranger')
  await cluster.time.until(stranger.dial([`/memory/${owner.name}/p2p/${owner.name}`]))
  const request = encodeSyncRequest({ op: 'reaches', reaches: [word('public')] })
  await expect(
    cluster.time.until(stranger.request(owner.name, SYNC_PROTOCOL, request)),
  ).rejects.toMatchObject({
    code: 'peers.refused',
    details: { reason: 'not_a_member' },
  })
  await set(word('public'))
  await cluster.time.advance(60_000)
  expect([await heard(), asked]).toEqual([['public', 'public'], []])
})

test('SYNC-7: a node of an older build is told by what it is asked, and nothing is held against it', async () => {
  const { cluster, owner, word, set } = await inStep()
  let reaches = 0
  const holder = recordHolder([], {
    on: {
      reaches: () => {
        reaches++
        throw new PeerRefusal('malformed', 'This is no message of the protocol.')
      },
    },
  })
  const older = scriptedNode(cluster.network, 'older', { sync: holder })
  await cluster.time.until(older.dial([`/memory/${owner.name}/p2p/${owner.name}`]))
  await set(word('public'))
  await cluster.time.advance(5_000)
  expect(reaches).toBe(1)
  expect(owner.plane!.scores.scoreOf('older')).toBe(0)
})
