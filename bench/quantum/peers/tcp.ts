import { once } from 'node:events'
import net from 'node:net'
import tls from 'node:tls'
import type { Channel, Peer, Session } from '../programs/channel.ts'

function channelOf(socket: net.Socket): Channel {
  socket.on('error', () => {})
  return {
    write: (bytes) => socket.write(bytes),
    onDrain: (listener) => socket.on('drain', listener),
    onData: (listener) => socket.on('data', listener),
  }
}

/** Kernel TCP through node's sockets; its congestion control is set on the route. One connection a channel. */
function peerOver(encrypted: boolean): Peer {
  const dial = async (host: string, port: number): Promise<net.Socket> => {
    const socket = encrypted
      ? tls.connect({ host, port, rejectUnauthorized: false, minVersion: 'TLSv1.3' })
      : net.connect({ host, port })
    await once(socket, encrypted ? 'secureConnect' : 'connect')
    socket.setNoDelay(true)
    return socket
  }
  return {
    listen: async ({ host, port, cert, key }, onChannel) => {
      const accept = (socket: net.Socket) => {
        socket.setNoDelay(true)
        onChannel(channelOf(socket))
      }
      const server = encrypted ? tls.createServer({ cert, key }, accept) : net.createServer(accept)
      server.listen(port, host)
      await once(server, 'listening')
    },
    connect: async ({ host, port }): Promise<Session> => {
      const sockets: net.Socket[] = [await dial(host, port)]
      let used = false
      return {
        open: async () => {
          const [first] = sockets
          const socket = used ? await dial(host, port) : first!
          if (used) sockets.push(socket)
          used = true
          return channelOf(socket)
        },
        statistics: () => ({}),
        close: async () => {
          for (const socket of sockets) socket.destroy()
        },
      }
    },
  }
}

export const tcp: Peer = peerOver(false)
export const tlsPeer: Peer = peerOver(true)
