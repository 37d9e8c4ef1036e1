import { setTimeout as delay } from 'node:timers/promises'
import { seededFloats } from '@stoa/testkit/netlab/random'
import * as Y from 'yjs'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { BenchClient } from './client.ts'
import { MeasuredServer, type ServerName } from './server.ts'
import { type Load, openAll, type Written, write } from './writing.ts'

interface Case {
  readonly name: string
  readonly load: Load
}

const PEERS: readonly ServerName[] = ['hocuspocus', 'y-websocket']

function cases(quick: boolean): readonly Case[] {
  const seconds = quick ? 2 : 15
  const [documents, clients] = quick ? [50, 50] : [500, 200]
  const one = { documents: 1, clients, rate: 60, seconds }
  return [
    {
      name: `${documents} documents × 3 clients, one writes 2 edits/s`,
      load: { documents, clients: 3, writers: 1, rate: 2, seconds },
    },
    { name: `1 document × ${clients} clients, 1 writes 60 edits/s`, load: { ...one, writers: 1 } },
    { name: `1 document × ${clients} clients, 10 write 60 edits/s`, load: { ...one, writers: 10 } },
    {
      name: '1 document × 10 clients, 1 writes 20,000 edits/s',
      load: { documents: 1, clients: 10, writers: 1, rate: 20_000, seconds: quick ? 2 : 10 },
    },
  ]
}

function figures({ name }: Case, ours: Written, peer: ServerName, theirs: Written): Figure[] {
  const row = (metric: string, unit: string, value: (one: Written) => number): Figure => ({
    ...{ case: name, metric, unit, peer, value: value(ours), peerValue: value(theirs) },
  })
  return [
    row('edit to others, p50', 'ms', ({ p50 }) => p50),
    row('edit to others, p99', 'ms', ({ p99 }) => p99),
    row('processor of the server', 's', ({ cpuSeconds }) => cpuSeconds),
    row('memory of the server', 'MB', ({ megabytes }) => megabytes),
    row('deliveries lost', 'deliveries', ({ lost }) => lost),
  ]
}

/** What a long life of typing leaves: inserts and deletions in the proportions of a real trace. */
function longDocument(operations: number): Uint8Array {
  const random = seededFloats(1)
  const doc = new Y.Doc()
  const text = doc.getText('t')
  for (let n = 0; n < operations; n++) {
    if (n % 10 >= 7 && text.length > 1) text.delete(Math.floor(random() * (text.length - 1)), 1)
    else text.insert(n % 5 === 0 ? Math.floor(random() * text.length) : text.length, 'x')
  }
  return Y.encodeStateAsUpdate(doc)
}

/** Nobody uses a document for so long: it has left memory. */
const UNLOADED_MS = 36_000

/** A document of many operations that is in nobody's memory is opened. */
async function firstLoad(server: MeasuredServer, quick: boolean): Promise<Figure[]> {
  const operations = quick ? 20_000 : 260_000
  const state = Buffer.from(longDocument(operations)).toString('base64')
  const [document = ''] = (await server.prepare({ documents: 1, clients: 0, state })).names
  await delay(UNLOADED_MS)
  const { addresses } = await server.prepare({ documents: 1, existing: document, clients: 1 })
  const before = server.megabytes
  const started = performance.now()
  const address = addresses[0]?.[0] ?? ''
  const client = new BenchClient({ server: server.name, address, document, onUpdate: () => {} })
  await client.synced
  const milliseconds = performance.now() - started
  const megabytes = Math.max(0, server.megabytes - before)
  client.close()
  const name = `a document of ${operations} operations`
  return [
    { case: name, metric: 'opened, from connection to state', value: milliseconds, unit: 'ms' },
    { case: name, metric: 'state', value: client.stateBytes / 1024, unit: 'KB' },
    { case: name, metric: 'memory of the server, more by', value: megabytes, unit: 'MB' },
  ]
}

async function idleConnections(server: MeasuredServer, quick: boolean): Promise<number> {
  const connections = quick ? 500 : 10_000
  const before = await server.heldMegabytes()
  const opened = await openAll(server, { documents: connections / 50, clients: 50 }, () => {})
  await delay(2_000)
  const kilobytes = (((await server.heldMegabytes()) - before) * 1024) / connections
  for (const one of opened.flat()) one.close()
  return kilobytes
}

/** Stoa with durable acknowledgements against servers that store nothing, each case of all in one run. */
export const run: Bench = async ({ quick, log }) => {
  const found: Figure[] = []
  for (const one of cases(quick)) {
    const results = new Map<ServerName, Written>()
    for (const name of ['stoa', ...PEERS] as const) {
      await using server = await MeasuredServer.start(name)
      await write(server, { ...one.load, seconds: 1 })
      results.set(name, await write(server, one.load))
      log(`${one.name}: ${name} ${JSON.stringify(results.get(name))}`)
    }
    const ours = results.get('stoa')
    for (const peer of PEERS) {
      const theirs = results.get(peer)
      if (ours && theirs) found.push(...figures(one, ours, peer, theirs))
    }
  }
  await using stoa = await MeasuredServer.start('stoa')
  found.push(...(await firstLoad(stoa, quick)))
  await using fresh = await MeasuredServer.start('stoa')
  const idle = await idleConnections(fresh, quick)
  await using hocuspocus = await MeasuredServer.start('hocuspocus')
  const theirs = await idleConnections(hocuspocus, quick)
  const what = {
    case: `${quick ? 500 : 10_000} idle connections, 50 a document`,
    metric: 'memory of each',
    unit: 'KB',
  }
  found.push({ ...what, value: idle, peer: 'hocuspocus', peerValue: theirs })
  return found
}
