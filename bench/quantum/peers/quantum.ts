import { connect, identityFrom, listen, type QuantumStream } from '@stoa/quantum/node'
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

export const quantum: Peer = {
  listen: async ({ host, port }, onChannel) => {
    const server = await listen({ host, port, identity: identityFrom(SEED), protocols: ['bench'] })
    void (async () => {
      for await (const connection of server) {
        void (async () => {
          for await (const stream of connection) onChannel(channelOf(stream, undefined))
        })().catch(() => {})
      }
    })().catch(() => {})
  },
  connect: async ({ host, port }): Promise<Session> => {
    const serverKey = identityFrom(SEED).publicKey
    const connection = await connect({ host, port, protocols: ['bench'], serverKey })
    return {
      open: async (kind) => {
        const stream = await connection.openStream({ kind: kind === 'messages' ? 'messages' : 'bytes' })
        return channelOf(stream, kind)
      },
      statistics: () => connection.statistics(),
      close: () => connection.close(),
    }
  },
}
