import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOfCid } from '@stoa/records'
import type { Output } from '@stoa/sdk'
import {
  answering,
  askAtOnce,
  type Behaviour,
  holding,
  silent,
} from '@stoa/server/capabilities/boards/plane/testing/scripted-node.ts'
import { PeerRefusal } from '@stoa/server/platform/peers/errors.ts'
import { until } from '@stoa/testkit/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DrilledNode, STRANGER } from './runbook/drilled-node.ts'
import { type Lost, lostImage, lostPost } from './runbook/lost-content.ts'
import { seriesIn } from './runbook/operator.ts'
import { type Cause, fileOfRepository, partOf, type Runbook, readRunbook, rowOf } from './runbook/runbook.ts'

/** Causes that docs/runbook/boards.md names for "the detail does not open": made here, and found as it says. */

const PART = 'The detail does not open'

let node: DrilledNode
let runbook: Runbook
let atStart = ''

beforeAll(async () => {
  runbook = await readRunbook()
  node = await DrilledNode.start()
  atStart = await node.operator.metrics()
})
afterAll(() => node?.close())
afterEach(() => {
  node.hurry = 1
  node.alone()
})

const drilled = new Set<Cause>()

function causeOf(reason: string, nth = 0): Cause {
  const cause = rowOf(partOf(runbook, PART), reason, nth)
  drilled.add(cause)
  return cause
}

let posts = 0
const lost = (text = `Post ${++posts}`) => lostPost(node.stoa, node.people.member.client, text)
const open = ({ path }: Lost) => node.people.guest.client.call('getPost', { path })

/** As a reader opens it: what the page then says. */
const unavailable = (one: Lost) =>
  until('a reason on the page', async () => {
    const { state, reason } = (await open(one)).body
    return state === 'unavailable' && reason
  })

/** Such a node does not compare boards within the time of a test. */
const connect = (name: string, fetch?: Behaviour) =>
  node.connect(name, { sync: silent, ...(fetch ? { fetch } : {}) })

const fetchesOf = ({ items }: Output<'listContentFetches'>, { cid }: Lost) =>
  items.filter(({ content_cid }) => content_cid === cid)

const outcomes = async (one: Lost) =>
  fetchesOf(await node.people.owner.client.call('listContentFetches'), one).map(({ outcome }) => outcome)

/** Goes to the places that the runbook names, in its order, and finds there what it says. */
async function follow({ codes: [reason = ''], seen }: Cause, one: Lost): Promise<void> {
  for (const place of runbook.places) {
    if (place.startsWith('GET ')) {
      const answer = await node.operator.asks(place)
      node.operator.looksAt(place.endsWith('/fetches') ? fetchesOf(answer as never, one) : answer)
    } else if (place.startsWith('POST ')) {
      expect(await node.operator.asks(place, { content_cid: one.cid })).not.toMatchObject({
        state: 'present',
      })
      await until('that has ended, too', async () =>
        (await outcomes(one)).every((each) => each !== 'running'),
      )
    } else await sees(place.replace('<reason>', reason))
  }
  for (const code of seen) await sees(code)
}

const sees = async (code: string) => expect(await node.operator.sees(code), code).toBe(true)

/** "When a copy is connected again, opening the post fetches it; nothing else has to be done." */
async function heals(one: Lost, text: string): Promise<void> {
  await connect(`honest-${posts}`, holding(...one.parts))
  await until('the post opens', async () => (await open(one)).body.text === text)
}

const refuse = (reason: string) => async (): Promise<never> => {
  throw new PeerRefusal(reason, 'No.')
}

describe('the detail does not open', () => {
  test.each<[string, Behaviour | undefined]>([
    ['not_found', answering(() => undefined)],
    ['timeout', silent],
    ['wrong_bytes', answering(() => new Uint8Array(8))],
    ['too_large', async () => new Uint8Array(3_000_000)],
    ['refused', refuse('malformed')],
    ['failed', undefined],
  ])('%s', async (reason, behave) => {
    const one = await lost()
    await node.operator.begins()
    await connect(reason, behave)
    if (reason === 'timeout') node.hurry = 40
    expect(await unavailable(one)).toBe(reason)
    await follow(causeOf(reason), one)
    node.hurry = 1
    node.network.stop(reason)
    await heals(one, `Post ${posts}`)
  })

  test('busy: here it says so, and on the other node its counter', async () => {
    const one = await lost()
    await node.operator.begins()
    const host = await connect(STRANGER, refuse('rate_limited'))
    expect(await unavailable(one)).toBe('busy')
    // Here is a node like any other: what it says of itself when it gives no more is what is looked for on the other one.
    await until('it gives no more', async () => (await askAtOnce(host, 'here')) > 0)
    await follow(causeOf('busy'), one)
    node.network.stop(STRANGER)
    await heals(one, `Post ${posts}`)
  })

  test('no_peers: who is connected was put aside', async () => {
    const one = await lost()
    await node.operator.begins()
    await connect(
      'liar',
      answering(() => new Uint8Array(8)),
    )
    expect(await unavailable(await lost())).toBe('wrong_bytes')
    expect(await unavailable(one)).toBe('no_peers')
    node.operator.looksAt(await node.people.owner.client.call('getContentDiagnostics'))
    await sees('path: direct')
    await follow(causeOf('no_peers', 2), one)
    const [last] = fetchesOf(await node.people.owner.client.call('listContentFetches'), one)
    expect(last?.attempts).toEqual([])
    node.network.stop('liar')
    await heals(one, `Post ${posts - 1}`)
  })

  test('stalled: it began to come', async () => {
    const one = await lostImage(node.stoa, node.people.member.client)
    const [manifest = new Uint8Array()] = one.parts
    const whole = holding(manifest)
    await node.operator.begins()
    await connect('stalls', async (digest, request) => {
      // From here on it is waited in vain, so that is not for long.
      node.hurry = 40
      if (digest === digestOfCid(one.cid)) return whole(digest, request)
      return silent()
    })
    await open(one)
    const ended = async () => {
      const [fetch] = fetchesOf(await node.people.owner.client.call('listContentFetches'), one)
      return fetch?.outcome === 'failed' && fetch
    }
    expect(await until('the fetch has ended', ended)).toMatchObject({
      reason: 'stalled',
      bytes: manifest.length,
    })
    await follow(causeOf('stalled'), one)
    node.hurry = 1
    node.network.stop('stalls')
    await connect('honest', holding(...one.parts))
    await until('the image is there', async () => (await open(one)).images[0]?.image_url !== null)
  })

  test('no_peers: who is connected is so by a relay, and what is asked for is large', async () => {
    const text = '页'.repeat(30_000)
    const one = await lost(text)
    await node.operator.begins()
    node.relayed.add('behind a router')
    await connect('behind a router', holding(...one.parts))
    expect(await unavailable(one)).toBe('no_peers')
    await follow(causeOf('no_peers', 3), one)
    node.network.stop('behind a router')
    await heals(one, text)
  })

  test('deleted', async () => {
    const one = await lost()
    await node.people.member.client.call('deletePost', { path: one.path })
    const read = await open(one)
    expect(read.body).toMatchObject({ state: 'unavailable', reason: 'deleted', text: null })
    node.operator.looksAt(read)
    for (const code of causeOf('deleted').seen) await sees(code)
  })

  test('local_failure: it came, and the disk does not take it', async () => {
    const text = '书'.repeat(30_000)
    const one = await lost(text)
    await node.operator.begins()
    const blobs = join(node.stoa.dataDir, 'blobs')
    await rename(blobs, `${blobs}.away`)
    await writeFile(blobs, 'not a folder')
    await connect('brings', holding(...one.parts))
    expect(await unavailable(one)).toBe('local_failure')
    await follow(causeOf('local_failure'), one)
    await rm(blobs)
    await rename(`${blobs}.away`, blobs)
    node.network.stop('brings')
    await heals(one, text)
  })
})

test('every series that an alert asks for is there from the start, and each reason a value of its own', async () => {
  const rules = await fileOfRepository('deploy/prometheus/boards.rules.yaml')
  const [, enumeration = ''] =
    /enum: \[ (no_peers[^\]]*) \]/.exec(await fileOfRepository('contracts/api/v1/boards.yaml')) ?? []
  const reasons = enumeration.split(', ').map((one) => one.trim())
  const { causes } = partOf(runbook, PART)
  expect(new Set(causes.flatMap(({ codes }) => codes))).toEqual(new Set(reasons))
  for (const reason of reasons.filter((one) => one !== 'deleted'))
    expect(seriesIn(atStart, `stoa_content_fetch_duration_seconds_count{outcome="${reason}"}`), reason).toBe(
      0,
    )
  const asked = [...rules.matchAll(/\b(stoa_\w+(?:\{[^}]*\})?)/g)].map(([, series = '']) => series)
  const now = await node.operator.metrics()
  // Of rates and lags nothing can be said before there was one: these come with the first.
  const later = new Set(asked.filter((one) => /_rate$|_p95$|_lag_seconds$/.test(one)))
  expect(later.size).toBe(4)
  for (const series of asked)
    expect(seriesIn(later.has(series) ? now : atStart, series), series).toBeDefined()
})

test('every cause has its drill; those that are found on a terminal have it in boards-runbook-cluster.test.ts', () => {
  const { causes } = partOf(runbook, PART)
  const onTerminal = causes.filter(({ seen }) => seen.some((code) => code.startsWith('stoa cluster')))
  expect(onTerminal.flatMap(({ codes }) => codes)).toEqual(['no_peers', 'no_peers'])
  expect(causes.filter((one) => !drilled.has(one))).toEqual(onTerminal)
})

test('alerts lead to parts of the runbook that there are', async () => {
  const rules = await fileOfRepository('deploy/prometheus/boards.rules.yaml')
  const parts = [...rules.matchAll(/runbook: docs\/runbook\/boards\.md#(\S+)/g)].map(([, part]) => part)
  expect(parts.length).toBe(rules.match(/- alert: /g)?.length)
  const headings = [...runbook.text.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
    title.toLowerCase().replaceAll(' ', '-'),
  )
  expect(headings).toEqual(expect.arrayContaining(parts))
})
