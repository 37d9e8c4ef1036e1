import { randomBytes } from 'node:crypto'
import { silentLogger } from '@stoa/kernel'
import { type ContentRef, readManifest } from '@stoa/records'
import { Plane } from '@stoa/server/capabilities/boards/plane/plane.ts'
import { MemoryShelves } from '@stoa/server/capabilities/boards/plane/testing/memory-shelves.ts'
import { silentCounters } from '@stoa/server/capabilities/boards/plane/testing/silent.ts'
import { nativeSignatures } from '@stoa/server/capabilities/boards/signatures.ts'
import { createLibp2pHost } from '@stoa/server/platform/peers/libp2p/create-libp2p-host.ts'
import { systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import { follow } from './contestant.ts'

/** The content plane as a node runs it, its shelves in memory. */
const { host, service } = await createLibp2pHost({
  scheduler: systemScheduler,
  log: silentLogger,
  secretKey: randomBytes(32),
  listen: { host: '127.0.0.1', ports: { main: 0, webSocket: 0 } },
})
await service.start(new AbortController().signal)
const shelves = new MemoryShelves('bench')
const plane = new Plane({
  network: host,
  members: { isMember: () => true, onMembershipChange: () => () => {} },
  scheduler: systemScheduler,
  ...{ records: shelves, blobs: shelves, signatures: nativeSignatures(), counters: silentCounters },
  ...{ log: silentLogger, draw: () => Math.random(), breathe: () => undefined },
})
await plane.start()
const digests = new Set<string>()

async function* kept(content: ContentRef): AsyncIterable<Uint8Array> {
  const first = await shelves.blob(content.digest, 'members')
  if (!first || !(await shelves.whole([content.digest])).has(content.digest))
    throw new Error('It is not whole.')
  if (content.size === first.length) {
    yield first
    return
  }
  for (const digest of readManifest(first, content).chunks) {
    digests.add(digest)
    const chunk = await shelves.blob(digest, 'members')
    if (!chunk) throw new Error('A chunk is not there.')
    yield chunk
  }
}

follow({
  address: host.addresses().find((one) => /\/tcp\/\d+\/p2p\//.test(one)) ?? '',
  connect: async (address) => void (await host.dial([address])),
  async offer(contents) {
    for (const { bytes, ref, manifest } of contents) {
      shelves.add(bytes, ref, manifest)
      digests.add(ref.digest)
      for (const digest of manifest ? readManifest(manifest, ref).chunks : []) digests.add(digest)
    }
  },
  async fetch(contents) {
    for (const { digest } of contents) digests.add(digest)
    const reasons = await Promise.all(contents.map((one) => plane.fetcher.fetch(one)))
    const failed = reasons.filter((reason) => reason !== null)
    if (failed.length > 0) throw new Error(`${failed.length} were not fetched: ${[...new Set(failed)]}`)
  },
  async *kept(contents) {
    for (const content of contents) yield* kept(content)
  },
  forget() {
    for (const digest of digests) shelves.drop(digest)
    digests.clear()
  },
})
