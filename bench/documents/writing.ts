import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { quantile } from '../support/quantiles.ts'
import { BenchClient } from './client.ts'
import type { MeasuredServer } from './server.ts'

export interface Load {
  readonly documents: number
  /** Clients of each document, and how many of them write. */
  readonly clients: number
  readonly writers: number
  /** Edits a second of each writer. */
  readonly rate: number
  readonly seconds: number
}

export interface Written {
  /** Milliseconds from an edit to its arrival at a client, over all clients. */
  readonly p50: number
  readonly p99: number
  /** Deliveries that never came. */
  readonly lost: number
  readonly cpuSeconds: number
  readonly megabytes: number
}

const STAMP = /@T(\d{16})/g
const STAMP_BYTES = 18
/** Each insert: a mark, and when it was made (microseconds). */
const stamp = () => `@T${String(process.hrtime.bigint() / 1000n).padStart(16, '0')}`
/** After so long without anything new, what has not come is lost. */
const SILENCE_MS = 5_000

/** Opens all clients, writes at a rate that waits for nobody, and waits until everything has come everywhere. */
export async function write(server: MeasuredServer, load: Load): Promise<Written> {
  const latencies: number[] = []
  let heardAt = performance.now()
  const hear = (update: Uint8Array) => {
    const now = Number(process.hrtime.bigint() / 1000n)
    heardAt = performance.now()
    const text = Buffer.from(update.buffer, update.byteOffset, update.length).toString('latin1')
    for (const [, at] of text.matchAll(STAMP)) latencies.push((now - Number(at)) / 1000)
  }
  const opened = await openAll(server, load, hear)
  const writers = opened.flatMap((clients) => clients.slice(0, load.writers).map(writerOf))
  const cpu = server.cpuSeconds
  const sent = await atRate(writers, load)
  const expected = sent * load.clients
  heardAt = performance.now()
  const all = opened.flat()
  while (performance.now() - heardAt < SILENCE_MS) {
    if (latencies.length >= expected && all.every((one) => one.isAcknowledged)) break
    await delay(20)
  }
  const unacknowledged = all.filter((one) => !one.isAcknowledged).length
  const result = {
    ...{ p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
    lost: expected - latencies.length + unacknowledged,
    cpuSeconds: server.cpuSeconds - cpu,
    megabytes: server.megabytes,
  }
  for (const one of all) one.close()
  return result
}

export async function openAll(
  server: MeasuredServer,
  { documents, clients }: Pick<Load, 'documents' | 'clients'>,
  onUpdate: (update: Uint8Array) => void,
): Promise<BenchClient[][]> {
  const opened: BenchClient[][] = []
  // Few at a time: tickets are good for thirty seconds.
  for (let done = 0; done < documents; done += 20) {
    const { names, addresses } = await server.prepare({ documents: Math.min(20, documents - done), clients })
    for (const [n, document] of names.entries()) {
      const list = (addresses[n] ?? []).map(
        (address) => new BenchClient({ server: server.name, address, document, onUpdate }),
      )
      await Promise.all(list.map(({ synced }) => synced))
      opened.push(list)
    }
  }
  return opened
}

/** Writes with a document of its own; it never hears of the others, which makes no difference to the server. */
function writerOf(client: BenchClient): () => void {
  const doc = new Y.Doc()
  const text = doc.getText('t')
  doc.on('update', (update: Uint8Array) => client.send(update))
  // Between two inserts, never inside one: a state that is sent whole would tear it apart, and it would count as lost.
  return () => text.insert(text.length % (STAMP_BYTES * 111), stamp())
}

async function atRate(writers: readonly (() => void)[], { rate, seconds }: Load): Promise<number> {
  const started = performance.now()
  const total = Math.round(rate * seconds)
  for (let done = 0; done < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * rate) + 1)
    for (; done < due; done++) for (const edit of writers) edit()
    await delay(1)
  }
  return total * writers.length
}
