import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** What a node listens on: TCP and QUIC (UDP) share a number, WebSocket has the next. */
export interface Ports {
  readonly main: number
  readonly webSocket: number
}

const TRIES = 50

/**
 * The wanted ports where they are free, else the next pair that is; 0 leaves the choice to the system.
 * @throws Error when none of the next hundred is free
 */
export async function freePorts(host: string, wanted: Ports, quic: boolean): Promise<Ports> {
  const step = Math.max(1, Math.abs(wanted.webSocket - wanted.main) + 1)
  for (let i = 0; i < TRIES; i++) {
    const ports = { main: later(wanted.main, i * step), webSocket: later(wanted.webSocket, i * step) }
    if (ports.main > 65_535 || ports.webSocket > 65_535) break
    const free = await Promise.all([
      tcpIsFree(host, ports.main),
      tcpIsFree(host, ports.webSocket),
      quic ? udpIsFree(host, ports.main) : true,
    ])
    if (free.every(Boolean)) return ports
  }
  throw new Error(`No free port near ${wanted.main} on ${host}.`)
}

const later = (port: number, by: number) => (port === 0 ? 0 : port + by)

function tcpIsFree(host: string, port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function udpIsFree(host: string, port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', () => resolve(false))
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(true)))
  })
}
