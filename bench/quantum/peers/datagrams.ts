import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Channel, Peer } from '../programs/channel.ts'

const KEY = createSecretKey(new Uint8Array(32).fill(5))
const PAYLOAD = 1400
const HEADER = 8
const TAG = 16
/** Packets handed to the kernel and not taken yet. */
const IN_FLIGHT = 64

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 4, 6)
  return nonce
}

/** One numbered, sealed packet: what any encrypted transport over UDP has to do at least. */
function seal(number: number, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', KEY, nonceOf(number), { authTagLength: TAG })
  const header = Buffer.alloc(HEADER)
  header.writeUIntBE(number, 0, 6)
  const body = cipher.update(bytes)
  cipher.final()
  return Buffer.concat([header, body, cipher.getAuthTag()])
}

function open(packet: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', KEY, nonceOf(packet.readUIntBE(0, 6)), {
    authTagLength: TAG,
  })
  decipher.setAuthTag(packet.subarray(-TAG))
  const bytes = decipher.update(packet.subarray(HEADER, -TAG))
  decipher.final()
  return bytes
}

function senderOf(socket: Socket): Channel {
  let number = 0
  let waiting = 0
  let drained = () => {}
  const sent = () => {
    if (waiting-- === IN_FLIGHT) drained()
  }
  return {
    write: (bytes) => {
      for (let at = 0; at < bytes.length; at += PAYLOAD) {
        waiting++
        socket.send(seal(number++, bytes.subarray(at, at + PAYLOAD)), sent)
      }
      return waiting < IN_FLIGHT
    },
    onDrain: (listener) => {
      drained = listener
    },
    onData: () => {},
  }
}

/** Sealed datagrams without acknowledgement, pace or order: the ceiling for a transport in this process, and no transport. */
export const datagrams: Peer = {
  listen: async ({ host, port }, onChannel) => {
    const socket = createSocket('udp4')
    let deliver: ((bytes: Uint8Array) => void) | undefined
    socket.on('message', (packet) => {
      if (!deliver) {
        const ignored = { write: () => true, onDrain: () => {} }
        onChannel({
          ...ignored,
          onData: (listener) => {
            deliver = listener
          },
        })
      }
      deliver?.(open(packet))
    })
    socket.bind(port, host)
    await once(socket, 'listening')
    socket.setRecvBufferSize(4 << 20)
  },
  connect: async ({ host, port }) => {
    const socket = createSocket('udp4')
    socket.on('error', () => {})
    socket.connect(port, host)
    await once(socket, 'connect')
    return {
      open: async () => senderOf(socket),
      statistics: () => ({}),
      close: async () => {
        socket.close()
      },
    }
  },
}
