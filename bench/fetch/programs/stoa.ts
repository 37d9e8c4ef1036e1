import { randomBytes } from 'node:crypto'
import { silentLogger } from '@stoa/kernel'
import { Plane } from '@stoa/server/capabilities/boards/plane/plane.ts'
import { MemoryShelves } from '@stoa/server/capabilities/boards/plane/testing/memory-shelves.ts'
import { silentCounters } from '@stoa/server/capabilities/boards/plane/testing/silent.ts'
import { nativeSignatures } from '@stoa/server/capabilities/boards/signatures.ts'
import { createLibp2pHost } from '@stoa/server/platform/peers/libp2p/create-libp2p-host.ts'
import { systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import { follow } from './contestant.ts'
import { MapShelf } from './map-shelf.ts'

/** The content plane as a node runs it, what it keeps in memory. */
const { host, service } = await createLibp2pHost({
  scheduler: systemScheduler,
  log: silentLogger,
  secretKey: randomBytes(32),
  listen: { host: '127.0.0.1', ports: { main: 0, webSocket: 0 } },
})
await service.start(new AbortController().signal)
const shelf = new MapShelf()
const plane = new Plane({
  network: host,
  members: { isMember: () => true, onMembershipChange: () => () => {} },
  scheduler: systemScheduler,
  ...{ records: new MemoryShelves('bench'), blobs: shelf },
  ...{ signatures: nativeSignatures(), counters: silentCounters, log: silentLogger },
  ...{ draw: () => 0.5, breathe: () => undefined },
})
await plane.start()

follow({
  address: host.addresses().find((one) => /\/tcp\/\d+\/p2p\//.test(one)) ?? '',
  connect: async (address) => void (await host.dial([address])),
  async offer(contents) {
    for (const content of contents) shelf.add(content)
  },
  async fetch(contents) {
    const reasons = await Promise.all(contents.map((one) => plane.fetcher.fetch(one)))
    const failed = reasons.filter((reason) => reason !== null)
    if (failed.length > 0) throw new Error(`${failed.length} were not fetched: ${[...new Set(failed)]}`)
  },
  *kept(contents) {
    for (const content of contents) yield* shelf.read(content)
  },
  forget: () => shelf.forget(),
})
