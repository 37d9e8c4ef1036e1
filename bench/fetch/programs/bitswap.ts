import { withBitswap } from '@helia/bitswap'
import { multiaddr } from '@multiformats/multiaddr'
import { type ContentRef, readManifest } from '@stoa/records'
import { MemoryBlockstore } from 'blockstore-core'
import { CID } from 'multiformats/cid'
import * as Digest from 'multiformats/hashes/digest'
import { sha256 as sha2 } from 'multiformats/hashes/sha2'
import { blobsOf, sha256 } from '../contents.ts'
import { follow } from './contestant.ts'
import { startLibp2p } from './libp2p.ts'

/**
 * Helia's bitswap with its defaults, and the little of a Helia node that it needs: no routing, for all is at the one peer that is
 * connected. Large contents are the same manifests and chunks as ours, in place of UnixFS, which makes of them as many blocks.
 */
const RAW = 0x55
const libp2p = await startLibp2p()
const blockstore = new MemoryBlockstore()
const cids: CID[] = []

/** Of what Helia's interface has, what is called. */
interface Broker {
  retrieve(cid: CID, options: { signal: AbortSignal }): Promise<Uint8Array>
}
interface Mixin {
  start(node: object): Promise<void>
}

async function startBitswap(): Promise<Broker> {
  const mixins: Mixin[] = []
  const brokers: Broker[] = []
  const node = {
    ...{ libp2p, blockstore, status: 'starting' },
    logger: libp2p.logger,
    routing: { async *findProviders() {} },
    getHasher: async () => sha2,
    addMixin: (mixin: Mixin) => mixins.push(mixin),
    hasBlockBroker: () => false,
    addBlockBroker: (broker: Broker) => brokers.push(broker),
  }
  withBitswap(node)
  for (const mixin of mixins) await mixin.start(node)
  const [broker] = brokers
  if (!broker) throw new Error('Bitswap did not start.')
  return broker
}

const broker = await startBitswap()

const cidOf = (digest: string): CID => {
  const cid = CID.createV1(RAW, Digest.create(sha2.code, Buffer.from(digest, 'hex')))
  cids.push(cid)
  return cid
}

/** As Helia's storage does with a block that is not there. */
async function get(digest: string): Promise<Uint8Array> {
  const cid = cidOf(digest)
  const block = await broker.retrieve(cid, { signal: AbortSignal.timeout(120_000) })
  await blockstore.put(cid, block)
  return block
}

async function fetchOne(content: ContentRef): Promise<void> {
  const first = await get(content.digest)
  if (first.length !== content.size) await Promise.all(readManifest(first, content).chunks.map(get))
}

async function read(digest: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of blockstore.get(cidOf(digest))) parts.push(part)
  return Buffer.concat(parts)
}

follow({
  address: String(libp2p.getMultiaddrs()[0]),
  connect: async (address) => void (await libp2p.dial(multiaddr(address))),
  async offer(contents) {
    for (const content of contents)
      for (const blob of blobsOf(content)) await blockstore.put(cidOf(sha256(blob)), blob)
  },
  fetch: async (contents) => void (await Promise.all(contents.map(fetchOne))),
  async *kept(contents) {
    for (const content of contents) {
      const first = await read(content.digest)
      if (first.length === content.size) yield first
      else for (const digest of readManifest(first, content).chunks) yield read(digest)
    }
  },
  async forget() {
    for (const cid of cids.splice(0)) await blockstore.delete(cid)
  },
})
