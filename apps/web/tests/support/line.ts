import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** The line to a server, at an address of its own; while it is cut nothing answers there. */
export interface Line extends AsyncDisposable {
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function lineTo(url: string): Promise<Line> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    return socket
  }
  const server = createServer((near) => {
    const far = keep(connect(Number(port), hostname))
    keep(near).pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const listen = (at: number) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(at, '127.0.0.1', resolve))
  await listen(0)
  const own = (server.address() as AddressInfo).port
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  return {
    url: `http://127.0.0.1:${own}`,
    cut,
    mend: () => listen(own),
    async [Symbol.asyncDispose]() {
      if (server.listening) await cut()
    },
  }
}
