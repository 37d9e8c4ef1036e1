import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { serve } from './messages.ts'

/** As its own server program has it, without persistence: nothing is durable. */
const http = createServer()
const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', (socket, request) => setupWSConnection(socket, request))
http.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request)),
)
http.listen(0, '127.0.0.1')
await once(http, 'listening')
const { port } = http.address() as AddressInfo
let made = 0

serve(async ({ documents, clients }) => {
  const names = Array.from({ length: documents }, () => `document-${made++}`)
  const address = (name: string) => `ws://127.0.0.1:${port}/${name}`
  return { names, addresses: names.map((name) => Array.from({ length: clients }, () => address(name))) }
})
