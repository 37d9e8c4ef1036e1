import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { SessionService } from '@stoa/contracts/session'
import { StateSyncService } from '@stoa/contracts/statesync'
import { uuidv7 } from '@stoa/kernel'
import { grpcClient } from '@stoa/server/platform/rpc/grpc-client.ts'
import * as Y from 'yjs'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { quantile } from '../support/quantiles.ts'

/** Calls one after the other on so many tracks at the same time. */
async function calls(
  name: string,
  tracks: number,
  seconds: number,
  call: () => Promise<unknown>,
): Promise<Figure[]> {
  const taken: number[] = []
  for (let n = 0; n < 200; n++) await call()
  const started = performance.now()
  const track = async () => {
    while (performance.now() - started < seconds * 1000) {
      const began = performance.now()
      await call()
      taken.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: tracks }, track))
  const rate = taken.length / ((performance.now() - started) / 1000)
  return [
    { case: name, metric: 'calls', value: rate, unit: 'per s' },
    { case: name, metric: 'p50', value: quantile(taken, 0.5), unit: 'ms' },
    { case: name, metric: 'p99', value: quantile(taken, 0.99), unit: 'ms' },
  ]
}

/** Edits as another gateway hears of them: applied in one call each, heard in a stream. */
async function stream(address: string, edits: number): Promise<Figure[]> {
  const { client, close } = grpcClient(StateSyncService, { target: address })
  const [tenantId, userId] = [uuidv7(), uuidv7()]
  const { document } = await client.createDocument({ tenantId, userId })
  const ids = { tenantId, documentId: document?.documentId ?? '' }
  const applied = new Map<number, number>()
  const taken: number[] = []
  const stopping = new AbortController()
  const doc = new Y.Doc()
  const heard = new Y.Doc()
  const ready = Promise.withResolvers<void>()
  const listening = (async () => {
    let updates = 0
    for await (const { event } of client.subscribeDocument(ids, { signal: stopping.signal })) {
      if (event.case === 'ready') ready.resolve()
      if (event.case !== 'update') continue
      updates += 1
      Y.applyUpdate(heard, event.value.update)
      const length = heard.getArray('edits').length
      for (const [at, since] of applied)
        if (at < length) {
          taken.push(performance.now() - since)
          applied.delete(at)
        }
      if (length === edits) break
    }
    return updates
  })()
  await ready.promise
  let update: Uint8Array = new Uint8Array()
  doc.on('update', (bytes: Uint8Array) => {
    update = bytes
  })
  const started = performance.now()
  const pending: Promise<unknown>[] = []
  for (let n = 0; n < edits; n++) {
    doc.getArray('edits').push([n])
    applied.set(n, performance.now())
    pending.push(client.applyOperations({ ...ids, operations: [{ userId, update }] }))
    if (pending.length === 64) await Promise.all(pending.splice(0))
  }
  await Promise.all(pending)
  const updates = await listening
  const rate = edits / ((performance.now() - started) / 1000)
  stopping.abort()
  close()
  const name = `SubscribeDocument, ${edits} edits, 64 calls at a time`
  return [
    { case: name, metric: 'edits', value: rate, unit: 'per s' },
    { case: name, metric: 'messages of the stream', value: updates, unit: 'messages' },
    { case: name, metric: 'p99', value: quantile(taken, 0.99), unit: 'ms' },
  ]
}

/** Between two processes over loopback, services on memory. */
export const run: Bench = async ({ quick, log }) => {
  const program = fileURLToPath(new URL('server.ts', import.meta.url))
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [{ address }] = (await once(child, 'message')) as [{ address: string }]
  const { client, close } = grpcClient(SessionService, { target: address })
  const session = { userId: uuidv7(), tenantId: uuidv7(), connectionId: uuidv7(), ttlSeconds: 300 }
  const sessionId = (await client.createSession(session)).session?.sessionId ?? ''
  const seconds = quick ? 1 : 8
  const found: Figure[] = []
  for (const tracks of [1, 32]) {
    found.push(
      ...(await calls(`GetSession, ${tracks} at a time`, tracks, seconds, () =>
        client.getSession({ by: { case: 'sessionId', value: sessionId } }),
      )),
    )
    log(`${tracks} at a time: done`)
  }
  found.push(...(await stream(address, quick ? 2_000 : 50_000)))
  close()
  child.disconnect()
  await once(child, 'exit')
  return found
}
