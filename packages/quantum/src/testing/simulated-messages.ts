import type { LinkOptions } from '@stoa/testkit/netlab/memory-link'
import { openCrypto } from './open-crypto.ts'
import { Pair } from './pair.ts'
import type { Pauses } from './paused-host.ts'

const MESSAGE_BYTES = 200
const MESSAGES_PER_SECOND = 60
const CHUNK = new Uint8Array(65_536)
/** Written and not sent: never so little that the path would wait. */
const BACKLOG = 1 << 20
const FEED_MS = 2
/** Start-up is not counted. */
const START_UP_MS = 2000

export interface SimulatedMessages {
  /** Of messages: milliseconds from the call until they were read. */
  latencies: readonly number[]
  /** That never arrived. */
  missing: number
  /** Of the bulk stream, from 2 s on. */
  mbit: number
}

export interface SimulatedMessagesOptions {
  link: Omit<LinkOptions, 'seed'>
  seed: number
  seconds: number
  /** Whether a stream of bulk that never ends shares the connection. */
  besideBulk: boolean
  pauses?: Pauses | undefined
}

/** One connection with a stream of messages at 60 Hz, from 2 s on. */
export function simulateMessages(options: SimulatedMessagesOptions): SimulatedMessages {
  const { link, seed, seconds, besideBulk, pauses } = options
  const suite = { crypto: openCrypto }
  const pair = new Pair({ seed, link, client: suite, server: suite, ...(pauses ? { pauses } : {}) })
  const { simulation, clientStation } = pair
  const client = pair.connect()
  pair.run(10_000, () => client.confirmedAt !== undefined)
  const start = simulation.now
  const end = start + seconds * 1000
  if (besideBulk) {
    const bulk = client.open()
    const feed = () => {
      while (bulk.sender!.queued < BACKLOG) bulk.write(CHUNK)
      if (simulation.now < end) simulation.after(FEED_MS, () => clientStation.host.run(feed))
    }
    feed()
  }
  const sentAt: number[] = []
  const stream = client.open({ kind: 'messages' })
  const send = () => {
    const message = Buffer.alloc(MESSAGE_BYTES)
    message.writeUInt32BE(sentAt.push(simulation.now) - 1)
    stream.writeMessage(message)
  }
  for (let at = start + START_UP_MS; at < end; at += 1000 / MESSAGES_PER_SECOND)
    simulation.at(at, () => clientStation.host.run(send))
  const latencies: number[] = []
  let bytes = 0
  pair.accepted!.onData = (received) => {
    for (const { at, data } of received.messages)
      latencies.push(at - sentAt[Buffer.from(data).readUInt32BE()]!)
    received.messages.length = 0
    if (simulation.now >= start + START_UP_MS && simulation.now < end)
      for (const { length } of received.chunks) bytes += length
    received.chunks.length = 0
  }
  pair.run(end + 1000 - simulation.now)
  const mbit = (bytes * 8) / (seconds * 1000 - START_UP_MS) / 1000
  return { latencies, missing: sentAt.length - latencies.length, mbit }
}
