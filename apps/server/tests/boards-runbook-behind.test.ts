import {
  recordHolder,
  type SyncBehaviour,
} from '@stoa/server/capabilities/boards/plane/testing/record-holder.ts'
import { answering, holding, silent } from '@stoa/server/capabilities/boards/plane/testing/scripted-node.ts'
import { encodeSyncRequest, SYNC_PROTOCOL } from '@stoa/server/capabilities/boards/plane/wire.ts'
import { until } from '@stoa/testkit/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { board, FAULTY } from './runbook/behind-scripts.ts'
import { DrilledNode } from './runbook/drilled-node.ts'
import { lostPost } from './runbook/lost-content.ts'
import { seriesIn } from './runbook/operator.ts'
import {
  type Cause,
  codeIn,
  fileOfRepository,
  partOf,
  type Runbook,
  readRunbook,
  rowOf,
} from './runbook/runbook.ts'

/** Causes that docs/runbook/boards.md names for a node that is behind, and for what leads there: made, and found as it says. */

const PART = 'A node is behind'
/** Bytes: less than is ever written here. */
const BUDGET = 1

let node: DrilledNode
let runbook: Runbook

beforeAll(async () => {
  runbook = await readRunbook()
  node = await DrilledNode.start({ budget: BUDGET }, 20)
})
afterAll(() => node?.close())
afterEach(() => node.alone())

const drilled = new Set<string>()

/** The row for an error, or the nth for none. */
function causeOf(code: string, nth = 0): Cause {
  const cause = rowOf(partOf(runbook, PART), code, nth)
  for (const written of cause.codes)
    if (written === code || written.endsWith('…')) drilled.add(`${written} ${nth}`)
  return cause
}

async function peer(name: string) {
  const { peers } = await node.diagnostics()
  return peers.find(({ peer_id }) => peer_id === name)
}

const lag = async () => (await node.diagnostics()).sync_lag_seconds
const inStep = () => until('nothing is missing', async () => (await lag()) === 0)

/** What the runbook says of a cause is seen: of this peer, in the log, in the series. */
async function follow(code: string, cause: Cause, name: string): Promise<void> {
  node.operator.looksAt(await peer(name))
  for (const seen of cause.seen) await sees(seen.replace('<last_error>', code))
}

const sees = async (code: string) => expect(await node.operator.sees(code), code).toBe(true)

const failed = (name: string, code: string) =>
  until(`${code} of ${name}`, async () => (await peer(name))?.last_error === code)

/** With others gone and an honest one there, the lag falls to zero by itself. */
async function heals(name: string): Promise<void> {
  node.alone()
  await node.connect(`after ${name}`, { sync: recordHolder([board(node.scheduler.now(), name)]) })
  await inStep()
}

describe('a node is behind', () => {
  test('none, not connected: the lag grows as time passes, and is gone with the first comparison', async () => {
    const holder = recordHolder([board(node.scheduler.now())])
    await node.connect('steady', { sync: holder })
    await inStep()
    await node.operator.begins()
    const cutAt = node.scheduler.now()
    node.alone()
    await until('it is cut off', async () => (await peer('steady'))?.path === null)
    node.skip(90_000)
    const first = (await lag()) ?? 0
    // It was in step until the last comparison before, which is some seconds ago at most.
    expect(first).toBeGreaterThanOrEqual(90)
    expect(first).toBeLessThan((node.scheduler.now() - cutAt) / 1000 + 31)
    node.skip(60_000)
    const second = (await lag()) ?? 0
    expect(second - first).toBeGreaterThanOrEqual(60)
    expect(seriesIn(await node.operator.metrics(), 'stoa_sync_lag_seconds')).toBeGreaterThanOrEqual(second)
    expect(await peer('steady')).toMatchObject({ last_error: null, missing: 0 })
    await follow('none', causeOf('none', 0), 'steady')
    await node.connect('steady', { sync: holder })
    await inStep()
    expect(seriesIn(await node.operator.metrics(), 'stoa_sync_lag_seconds')).toBe(0)
  })

  test('none, nothing is shown: the other has not heard that this one is a member', async () => {
    await node.operator.begins()
    let heard = false
    const holder = recordHolder([board(node.scheduler.now(), 'Members only')])
    const shy = recordHolder([], { hello: { nodeAuthor: null } })
    const sync: SyncBehaviour = (request) => (heard ? holder : shy)(request)
    await node.connect('shy', { sync })
    await until('they have compared', async () => Boolean((await peer('shy'))?.last_sync_at))
    node.skip(30_000)
    expect(await lag()).toBeGreaterThanOrEqual(30)
    await follow('none', causeOf('none', 1), 'shy')
    expect(await peer('shy')).toMatchObject({ last_error: null, in_step_at: null })
    heard = true
    await inStep()
  })

  test('none, something is missing: the other clock is ahead, and what it dated comes in its time', async () => {
    await node.operator.begins()
    const dated = board(node.scheduler.now() + 600_000, 'Tomorrow')
    await node.connect('ahead', { sync: recordHolder([dated]) })
    await until('it was looked at', async () => Boolean((await peer('ahead'))?.last_sync_at))
    expect(await peer('ahead')).toMatchObject({ missing: 1, last_error: null })
    expect(await lag()).toBeGreaterThan(0)
    await follow('none', causeOf('none', 2), 'ahead')
    node.skip(301_000)
    await inStep()
    expect(await peer('ahead')).toMatchObject({ missing: 0, last_error: null })
  })

  test.each(Object.entries(FAULTY))('%s', async (code, script) => {
    const name = `node of ${code}`
    await node.operator.begins()
    await node.connect(name, script(node.scheduler.now()))
    await failed(name, code)
    expect((await peer(name))?.lag_seconds).toBeGreaterThan(0)
    await follow(code, causeOf(code), name)
    await heals(name)
  })

  test('peers.closed: the other node ends while it is asked', async () => {
    await node.operator.begins()
    await node.connect('ends', {
      sync: () => {
        node.network.stop('ends')
        return silent()
      },
    })
    await failed('ends', 'peers.closed')
    await follow('peers.closed', causeOf('peers.closed'), 'ends')
    await heals('ends')
  })

  test('peers.unreachable: the link breaks as it is asked', async () => {
    await node.operator.begins()
    node.onAsked = (name) => node.network.cut('here', name)
    await node.connect('gone', { sync: recordHolder([]) })
    await failed('gone', 'peers.unreachable')
    await follow('peers.unreachable', causeOf('peers.unreachable'), 'gone')
    await heals('gone')
  })

  test('database.…: the disk is full; when it is not, the rest comes, and the error is over', async () => {
    const { db } = node.stoa
    await db.sql(`create function stoa.full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`)
    await db.sql(`create trigger full_disk before insert on stoa.board_records
      execute function stoa.full_disk()`)
    await node.operator.begins()
    await node.connect('gives', { sync: recordHolder([board(node.scheduler.now(), 'No room')]) })
    await failed('gives', 'database.disk_full')
    expect(await lag()).toBeGreaterThan(0)
    await follow('database.disk_full', causeOf('database.disk_full'), 'gives')
    await db.sql('drop function stoa.full_disk() cascade')
    await inStep()
    const after = await peer('gives')
    expect(after).toMatchObject({ last_error: 'database.disk_full', missing: 0 })
    expect(Date.parse(after?.last_sync_at ?? '')).toBeGreaterThan(Date.parse(after?.last_error_at ?? ''))
  })

  test('internal.error: a table is broken; others that ask this node are refused, and it says why', async () => {
    const { db } = node.stoa
    await node.operator.begins()
    await db.sql('alter table stoa.board_records rename to board_records_gone')
    const host = await node.connect('asks', { sync: recordHolder([board(node.scheduler.now(), 'Broken')]) })
    await failed('asks', 'internal.error')
    await follow('internal.error', causeOf('internal.error'), 'asks')
    const records = encodeSyncRequest({ op: 'records', ids: ['a'.repeat(64)] })
    await expect(host.request('here', SYNC_PROTOCOL, records)).rejects.toMatchObject({
      code: 'peers.refused',
      details: { reason: 'internal' },
    })
    const [onTheOther = ''] = codeIn(rowOf(partOf(runbook, PART), 'peers.refused').whatToDo)
    await sees(onTheOther)
    await db.sql('alter table stoa.board_records_gone rename to board_records')
    await inStep()
  })

  test('every row and every error has its drill', async () => {
    const { causes } = partOf(runbook, PART)
    const written = causes.flatMap(({ codes }, at) => {
      const nth = causes.slice(0, at).filter((one) => one.codes[0] === 'none').length
      return codes.map((code) => `${code} ${code === 'none' ? nth : 0}`)
    })
    expect(new Set(written)).toEqual(drilled)
    const errors = await fileOfRepository('docs/reference/errors.md')
    const possible = [...errors.matchAll(/^\| `((?:peers|sync|reconcile|database)\.\w+)` \|/gm)]
    expect(possible.length).toBeGreaterThan(20)
    for (const [, code = ''] of possible) expect(() => rowOf(partOf(runbook, PART), code)).not.toThrow()
  })
})

test('a node sends what it should not: each line of the log that the runbook names is there, with its peer', async () => {
  const name = 'sends rubbish'
  const one = await lostPost(node.stoa, node.people.member.client, 'Wanted')
  await node.operator.begins()
  const wrong = answering(() => new Uint8Array(8))
  let comparesWell = false
  const sync: SyncBehaviour = (request) =>
    comparesWell ? recordHolder([])(request) : new TextEncoder().encode('?')
  const host = await node.connect(name, { fetch: wrong, sync })
  const push = encodeSyncRequest({ op: 'push', records: [new Uint8Array(8)] })
  await failed(name, 'sync.malformed')
  await host.request('here', SYNC_PROTOCOL, push)
  await until('it is left alone', () => node.operator.sees('action=content_peer_aside'))
  // One more lie, and it is left alone again: this time for its bytes.
  comparesWell = true
  node.skip(601_000)
  // It may be asked while it is still being put aside: a reader who looks again has it asked again.
  const refused = async () => {
    const { body } = await node.people.guest.client.call('getPost', { path: one.path })
    expect(body.state).not.toBe('present')
    return node.operator.sees('action=content_refused')
  }
  await until('it was asked again', refused)
  const named = codeIn(partOf(runbook, 'A node sends what it should not').text)
  const lines = named.filter((code) => code.startsWith('action='))
  expect(lines).toHaveLength(5)
  for (const line of lines) await sees(`${line} peer=…`)
})

test('fetches are slow: who was silent so long that another gave it, and who gave it, each with its seconds', async () => {
  const one = await lostPost(node.stoa, node.people.member.client, 'Slowly')
  await node.operator.begins()
  // Both answer comparisons: who fails at one, before the text is asked for, is asked last.
  const sync = recordHolder([])
  await node.connect('a slow one', {
    sync,
    fetch: () => {
      node.skip(4_000)
      return silent()
    },
  })
  await node.connect('b quick one', { sync, fetch: holding(...one.parts) })
  const read = () => node.people.guest.client.call('getPost', { path: one.path })
  await until('it opens', async () => (await read()).body.text === 'Slowly')
  const { items } = await node.people.owner.client.call('listContentFetches')
  const fetched = items.find(({ content_cid }) => content_cid === one.cid)
  expect(fetched).toMatchObject({ outcome: 'fetched', peer_id: 'b quick one' })
  expect(fetched?.seconds).toBeGreaterThanOrEqual(4)
  expect(fetched?.attempts).toMatchObject([{ peer_id: 'a slow one', reason: null }])
  expect(fetched?.attempts[0]?.seconds).toBeGreaterThanOrEqual(4)
  node.operator.looksAt(fetched)
  for (const code of codeIn(partOf(runbook, 'Fetches are slow').text).filter(
    (one) => !one.startsWith('path'),
  ))
    await sees(code)
})

test('the cache is too small: what was written here is more, is kept, and is said', async () => {
  const { client } = node.people.member
  const { id: board_id } = await client.call('createBoard', { body: { title: 'Ours' } })
  await node.operator.begins()
  await client.call('createPost', { path: { board_id }, body: { title: 'Kept', text: 'Kept' } })
  await until('it is tidied', () => node.operator.sees('action=content_over_budget'))
  await sees(`action=content_over_budget bytes=… budget=${BUDGET}`)
  const { cache } = await node.diagnostics()
  expect(cache.authored_bytes).toBeGreaterThan(BUDGET)
  node.operator.looksAt(cache)
  const named = codeIn(partOf(runbook, 'The cache is too small').text)
  const seen = named.filter((code) => code.startsWith('action=') || code.endsWith('_bytes'))
  expect(seen).toHaveLength(3)
  for (const code of seen) await sees(code)
})
