import { createHash } from 'node:crypto'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { ContentHasher, type ContentRef } from '@stoa/records'
import type { Content } from '../contents.ts'
import { follow } from './contestant.ts'
import { startLibp2p } from './libp2p.ts'

/** The least there can be: one stream down which all contents go, one after the other, without being asked for. */
const PROTOCOL = '/stoa-bench/stream/1.0.0'
const PART = 65_536
const node = await startLibp2p()
const received = new Map<string, Uint8Array>()
let offered: readonly Content[] = []
let connection: Connection | undefined

await node.handle(PROTOCOL, async (stream) => {
  for (const { bytes } of offered)
    for (let at = 0; at < bytes.length; at += PART)
      if (!stream.send(bytes.subarray(at, at + PART))) await stream.onDrain()
  await stream.close()
})

/** One content as it arrives. */
class Arriving {
  readonly #ref: ContentRef
  readonly #bytes: Uint8Array
  readonly #hasher = new ContentHasher(() => createHash('sha256'))
  #filled = 0

  constructor(ref: ContentRef) {
    this.#ref = ref
    this.#bytes = new Uint8Array(ref.size)
  }

  /** Takes what belongs to it. */
  take(bytes: Uint8Array): number {
    const part = bytes.subarray(0, this.#ref.size - this.#filled)
    this.#bytes.set(part, this.#filled)
    this.#hasher.update(part)
    this.#filled += part.length
    return part.length
  }

  /** All of it is there, and right. */
  get whole(): Uint8Array | undefined {
    if (this.#filled < this.#ref.size) return undefined
    const { content } = this.#hasher.finish(this.#ref.type)
    if (content.digest !== this.#ref.digest) throw new Error('Other bytes than were asked for.')
    return this.#bytes
  }
}

async function receive(parts: AsyncIterable<Uint8Array>, contents: readonly ContentRef[]): Promise<void> {
  const left = contents.values()
  let ref = left.next().value
  let arriving = ref && new Arriving(ref)
  for await (const part of parts)
    for (let at = 0; at < part.length && ref && arriving; ) {
      at += arriving.take(part.subarray(at))
      const { whole } = arriving
      if (!whole) continue
      received.set(ref.digest, whole)
      ref = left.next().value
      arriving = ref && new Arriving(ref)
    }
  if (ref) throw new Error('The stream ended early.')
}

follow({
  address: String(node.getMultiaddrs()[0]),
  async connect(address) {
    connection = await node.dial(multiaddr(address))
  },
  async offer(contents) {
    offered = contents
  },
  async fetch(contents) {
    const stream = await connection?.newStream(PROTOCOL)
    if (!stream) throw new Error('Not connected.')
    const parts = async function* () {
      for await (const part of stream) yield part instanceof Uint8Array ? part : part.subarray()
    }
    await receive(parts(), contents)
    await stream.close()
  },
  *kept(contents) {
    for (const { digest } of contents) yield received.get(digest) ?? new Uint8Array()
  },
  forget() {
    received.clear()
    offered = []
  },
})
