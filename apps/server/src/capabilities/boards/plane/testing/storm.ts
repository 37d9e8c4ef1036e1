import type { RecordBody } from '@stoa/records'
import { SimulatedCluster, type SimulatedNode } from './cluster.ts'

/** A cluster with a board that anybody may write to, known to all. */
export async function begin(size: number, seed: number) {
  const cluster = new SimulatedCluster(size, seed)
  await cluster.start()
  const [owner] = cluster.nodes as [SimulatedNode]
  const board = await owner.write(null, { kind: 'board', title: 'Reading group', access: 'open' })
  await cluster.time.advance(5_000)
  return { cluster, boardId: board.id, owner }
}

/** Something that a person does on the board, drawn from the seed. */
async function act(
  cluster: SimulatedCluster,
  node: SimulatedNode,
  boardId: string,
  n: number,
): Promise<void> {
  const fold = node.shelves.folds.get(boardId)
  const items = fold?.view().items ?? []
  const draw = cluster.draw()
  if (items.length === 0 || draw < 0.45) return void (await node.post(boardId, `${node.name} ${n}`))
  const target = cluster.pick(items)
  const root = target.root ?? target.id
  if (draw < 0.75) return void (await node.comment(boardId, root, `${node.name} on ${n}`))
  const subject = target.author
  const heads = fold?.headsOf(subject) ?? []
  const acts: readonly RecordBody[] = [
    { kind: 'hide', target: target.id, reason: 'loud' },
    { kind: 'restore', target: target.id, reason: '' },
    { kind: 'lock', target: root, on: cluster.draw() < 0.5 },
    { kind: 'pin', target: root, on: cluster.draw() < 0.5 },
    { kind: 'grant', subject, role: 'moderator' },
    { kind: 'revoke', subject, role: 'moderator', heads },
    { kind: 'ban', subject, on: cluster.draw() < 0.6, reason: '', heads },
    { kind: 'delete', target: target.id },
  ]
  await node.write(boardId, cluster.pick(acts))
}

/** Partitions that heal, processes that stop and come back, clocks that are off, and people who write all the while. */
export async function storm(cluster: SimulatedCluster, boardId: string, rounds: number): Promise<void> {
  const { nodes, network, time, draw } = cluster
  for (const node of nodes) node.skew = Math.round((draw() - 0.5) * 240_000)
  for (let round = 0; round < rounds; round++) {
    const half = nodes.filter(() => draw() < 0.5).map(({ name }) => name)
    if (round % 2 === 0) network.partition(half)
    const down = cluster.pick(nodes)
    if (round % 3 === 1 && down.running) down.stop()
    for (let n = 0; n < 8; n++) {
      const writers = nodes.filter((node) => node.running && node.shelves.folds.has(boardId))
      await act(cluster, cluster.pick(writers), boardId, round * 100 + n)
      await time.advance(Math.round(draw() * 4_000))
    }
    await time.advance(15_000)
    network.heal()
    for (const node of nodes) if (!node.running) await node.start()
    await cluster.connect()
  }
}
