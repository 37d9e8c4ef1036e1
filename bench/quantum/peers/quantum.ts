import {
  type ConnectOptions,
  connect,
  identityFrom,
  listen,
  type QuantumConnection,
  type QuantumStream,
  qlogFile,
} from '@stoa/quantum/node'
import type { Channel, ChannelKind, Peer, Session } from '../programs/channel.ts'

/** Both programs of a run derive the server's identity from the same seed: no key needs to be carried between them. */
const SEED = new Uint8Array(32).fill(7)
/** Bytes given to a stream before it counts as full. */
const BUFFERED = 1 << 20

/** Streams take promises; channels want to know when they are full. */
function channelOf(stream: QuantumStream, kind: ChannelKind | undefined): Channel {
  let buffered = 0
  let drained = () => {}
  return {
    write: (bytes) => {
      buffered += bytes.length
      const sent = kind === 'messages' ? stream.send(bytes) : stream.write(bytes)
      const done = () => {
        const wasFull = buffered >= BUFFERED
        buffered -= bytes.length
        if (wasFull && buffered < BUFFERED) drained()
      }
      sent.then(done, done)
      return buffered < BUFFERED
    },
    onDrain: (listener) => {
      drained = listener
    },
    onData: (listener) => {
      void (async () => {
        for await (const bytes of stream) listener(bytes)
      })().catch(() => {})
    },
  }
}

const PROTOCOLS = ['bench']
/** Where the sender writes a trace of every packet, when asked to. */
const TRACE = process.env.STOA_BENCH_QLOG

async function dial(
  host: string,
  port: number,
  more: Partial<ConnectOptions> = {},
): Promise<QuantumConnection> {
  const serverKey = identityFrom(SEED).publicKey
  const trace = TRACE ? { trace: qlogFile(TRACE, 'client').trace } : {}
  return connect({ host, port, protocols: PROTOCOLS, serverKey, ...trace, ...more })
}

function sessionOf(connection: QuantumConnection, early: boolean): Session {
  return {
    open: async (kind) => {
      const streamKind = kind === 'messages' ? 'messages' : 'bytes'
      return channelOf(await connection.openStream({ kind: streamKind, idempotent: early }), kind)
    },
    statistics: () => connection.statistics(),
    close: () => connection.close(),
  }
}

export const quantum: Peer = {
  listen: async ({ host, port }, onChannel) => {
    const server = await listen({ host, port, identity: identityFrom(SEED), protocols: PROTOCOLS })
    void (async () => {
      for await (const connection of server) {
        void (async () => {
          for await (const stream of connection) onChannel(channelOf(stream, undefined))
        })().catch(() => {})
      }
    })().catch(() => {})
  },
  connect: async ({ host, port }) => sessionOf(await dial(host, port), false),
}

let resumption: ConnectOptions['resumption']

/** The same server, by clients that have been there before: their first messages need no answer. */
export const quantumResumed: Peer = {
  listen: quantum.listen,
  prepare: async ({ host, port }) => {
    const connection = await dial(host, port)
    while (!connection.resumption) await new Promise((resolve) => setTimeout(resolve, 5))
    resumption = connection.resumption
    await connection.close()
  },
  connect: async ({ host, port }) => {
    if (!resumption) throw new Error('there is no ticket to resume with')
    const connection = await dial(host, port, { resumption, early: true })
    const session = sessionOf(connection, true)
    return {
      ...session,
      close: async () => {
        // A ticket is good for one connection; the server gives a new one in each.
        resumption = connection.resumption
        await session.close()
      },
    }
  },
}
