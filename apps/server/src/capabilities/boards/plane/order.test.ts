import { expect, test } from 'vitest'
import { SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'

const POSTS = 600

test('who was away gets the newest first: the index before any body, then the bodies', async () => {
  const cluster = new SimulatedCluster(2, 3)
  const [giver, taker] = cluster.nodes as [SimulatedNode, SimulatedNode]
  await giver.start()
  const board = await giver.write(null, { kind: 'board', title: 'Talk', access: 'open' })
  const dates: number[] = []
  const dateOf = new Map<string, number>()
  for (let n = 0; n < POSTS; n++) {
    await cluster.time.advance(60_000)
    const { record } = await giver.post(board.id, `Post ${n}`)
    dates.push(record.createdAt)
    if ('content' in record) dateOf.set(record.content.digest, record.createdAt)
  }

  const events: { readonly what: 'record' | 'body'; readonly at: number }[] = []
  const { keep, putWhole } = taker.shelves
  taker.shelves.keep = async (records) => {
    for (const { record } of records)
      if (record.kind === 'post') events.push({ what: 'record', at: record.createdAt })
    return keep.call(taker.shelves, records)
  }
  taker.shelves.putWhole = async (content, bytes) => {
    events.push({ what: 'body', at: dateOf.get(content.digest) ?? 0 })
    return putWhole.call(taker.shelves, content, bytes)
  }
  await taker.start()
  await cluster.connect()
  await cluster.converged(cluster.nodes, 120_000)

  const of = (what: 'record' | 'body') => events.filter((one) => one.what === what).map(({ at }) => at)
  expect(of('record').toSorted()).toEqual(dates.toSorted())
  expect(events.slice(0, POSTS).every(({ what }) => what === 'record')).toBe(true)
  // They come in batches, two on their way at a time: none before what is newer than both.
  expect(slips(of('record'))).toBeLessThan(2 * 256)
  expect(Math.min(...of('record').slice(0, 256))).toBeGreaterThan(dates[POSTS - 513] ?? 0)
  // Bodies come eight at a time.
  expect(slips(of('body'))).toBeLessThan(16)
  expect(of('body').toSorted()).toEqual(dates.toSorted())
})

/** By how many places the one that is furthest from its place, the newest first, is off. */
function slips(dates: readonly number[]): number {
  const right = dates.toSorted((a, b) => b - a)
  return Math.max(...dates.map((date, at) => Math.abs(right.indexOf(date) - at)))
}
