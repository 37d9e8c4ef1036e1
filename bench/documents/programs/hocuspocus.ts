import { Server } from '@hocuspocus/server'
import { serve } from './messages.ts'

/** As its README has it, with its store off: nothing is durable. */
const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, stopOnSignals: false })
await server.listen()
let made = 0

serve(async ({ documents, clients }) => {
  const names = Array.from({ length: documents }, () => `document-${made++}`)
  return { names, addresses: names.map(() => Array.from({ length: clients }, () => server.webSocketURL)) }
})
