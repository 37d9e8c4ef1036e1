import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createLogger } from '@stoa/server/platform/telemetry/logger.ts'
import { bundleIn, onLoopback } from '@stoa/testkit/clustered'
import { accessToken } from '@stoa/testkit/identity'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Operator } from './runbook/operator.ts'
import { type Cause, partOf, type Runbook, readRunbook, rowOf } from './runbook/runbook.ts'

// The causes for which docs/runbook/boards.md sends to a terminal: two nodes of a real cluster, and `stoa cluster`.

/** Nodes find each other within seconds, on a machine that is busy otherwise within more. */
const PATIENCE_MS = 90_000

interface Node {
  readonly stoa: TestProgram
  readonly people: SignedTenant
  readonly operator: Operator
}

let runbook: Runbook
let here: Node
let there: Node

async function start(name: string): Promise<Node> {
  const lines: string[] = []
  const stoa = await startProgram({
    config: (config) => ({
      ...onLoopback(config),
      content: { ...config.content, policy: 'on_demand' },
    }),
    log: createLogger({ format: 'text', level: 'info', write: (line) => void lines.push(line) }),
  })
  const people = await signedTenant(stoa, name)
  const operator = new Operator({
    ...{ url: stoa.url, token: await accessToken(stoa, people.owner), log: () => lines.join('') },
    dataDir: stoa.dataDir,
  })
  return { stoa, people, operator }
}

const clusterOf = ({ people }: Node) => people.owner.client.call('getCluster', {})
const healthy = (node: Node) =>
  until(
    'both are members',
    async () => {
      const { state, online } = await clusterOf(node)
      return state === 'healthy' && online === 2
    },
    PATIENCE_MS,
  )

beforeAll(async () => {
  runbook = await readRunbook()
  there = await start('there')
  here = await start('here')
  const said = await there.operator.types('stoa cluster init --name home --node-name there')
  await here.operator.types(`stoa cluster join ${bundleIn(said)} --node-name here`)
  for (const node of [here, there]) await healthy(node)
}, 3 * PATIENCE_MS)
afterAll(async () => {
  await here?.stoa.close()
  await there?.stoa.close()
})

/** A post that was written there, and of which here only the index is. */
async function postFromThere(text: string) {
  const { client } = there.people.member
  const { id: board_id } = await client.call('createBoard', { body: { title: 'Reading group' } })
  const { id: post_id } = await client.call('createPost', { path: { board_id }, body: { title: text, text } })
  const path = { board_id, post_id }
  await until(
    'the post is in the list',
    async () => {
      const { items } = await here.people.guest.client
        .call('listPosts', { path })
        .catch(() => ({ items: [] }))
      return items.some(({ id, body_state }) => id === post_id && body_state === 'missing')
    },
    PATIENCE_MS,
  )
  return async () => (await here.people.guest.client.call('getPost', { path })).body
}

/** What the runbook says of a cause is what is seen here. */
async function follow({ seen }: Cause): Promise<void> {
  here.operator.looksAt(await here.operator.asks('GET /api/v1/content/diagnostics'))
  for (const code of seen) expect(await here.operator.sees(code), code).toBe(true)
}

/** As a reader has it who looks again while it is being fetched. */
const answered = (open: Awaited<ReturnType<typeof postFromThere>>) =>
  until('it comes or does not', async () => {
    const body = await open()
    return body.state !== 'fetching' && body
  })

const unavailable = (reason: string) => ({ state: 'unavailable', reason, text: null, citations: [] })

describe('the detail does not open', { timeout: 3 * PATIENCE_MS }, () => {
  test('no_peers: the other node is down', async () => {
    const open = await postFromThere('First')
    await here.operator.begins()
    // A node without this file has nothing that listens.
    const file = join(there.stoa.dataDir, 'cluster', 'cluster.json')
    await rename(file, `${file}.away`)
    await until('it is missed', async () => (await clusterOf(here)).online === 1, PATIENCE_MS)
    expect(await answered(open)).toEqual(unavailable('no_peers'))
    await follow(rowOf(partOf(runbook, 'The detail does not open'), 'no_peers', 0))
    await rename(`${file}.away`, file)
    await until('the post opens', async () => (await open()).text === 'First', PATIENCE_MS)
  })

  test('no_peers: this node was revoked', async () => {
    const open = await postFromThere('Second')
    const { node_id } = await here.people.owner.client.call('getContentDiagnostics')
    await here.operator.begins()
    await there.operator.types(`stoa cluster revoke ${node_id} --reason lost`)
    await until('it knows', async () => (await clusterOf(here)).state === 'unconfigured', PATIENCE_MS)
    expect(await answered(open)).toEqual(unavailable('no_peers'))
    await follow(rowOf(partOf(runbook, 'The detail does not open'), 'no_peers', 1))
    const members = await here.operator.types('stoa cluster members')
    expect([members.includes(String(node_id)), members.includes('there')]).toEqual([false, true])
    const command = /`(stoa cluster snapshot [^`]+)`/.exec(runbook.text)?.[1] ?? ''
    const letIn = command.replaceAll('PEER_ID', String(node_id)).replace('NAME', 'here')
    expect(await there.operator.types(letIn)).toContain('2 member(s), 0 revoked')
  })
})
