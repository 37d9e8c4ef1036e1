import type { Transport } from './transport.ts'

/** What a browser's WebSocket is to us; that of the package `ws` fits, too. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void
  addEventListener(type: 'error', listener: () => void): void
}

export type OpenSocket = (url: string) => SocketLike

const OPEN = 1

/** The platform's own WebSocket: in browsers, and in Node since 22. */
const platformSocket: OpenSocket = (url) => {
  const { WebSocket } = globalThis as unknown as { WebSocket: new (url: string) => SocketLike }
  return new WebSocket(url)
}

/** Links by WebSocket; a ticket goes into the URL, where it is good for this one connection. */
export const webSocketTransport =
  (openSocket: OpenSocket = platformSocket): Transport =>
  ({ baseUrl, path, ticket }, { onOpen, onMessage, onClose }) => {
    const url = new URL(path, baseUrl.replace(/^http/, 'ws'))
    if (ticket !== undefined) url.searchParams.set('ticket', ticket)
    const socket = openSocket(url.href)
    let over = false
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      if (!over) onOpen('websocket')
    })
    socket.addEventListener('message', ({ data }) => {
      if (!over) onMessage(new Uint8Array(data as ArrayBuffer))
    })
    socket.addEventListener('close', ({ code }) => {
      if (!over) onClose(code)
      over = true
    })
    // What went wrong is told by the close that follows.
    socket.addEventListener('error', () => {})
    return {
      send: (message) => {
        if (socket.readyState === OPEN) socket.send(message)
      },
      close: () => {
        over = true
        socket.close(1000)
      },
    }
  }
