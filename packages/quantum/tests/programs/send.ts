/**
 * Sends a file on one stream: `send.ts HOST PORT BYTES`. Half way it prints `half` and waits for a line on standard input; by then
 * the machine's address is another, and it goes on from there. Prints `done` when everything is acknowledged.
 */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { connect } from '../../src/node/index.ts'
import { FILE_IDENTITY, fileOf } from './file.ts'

const [host = '', port = '', bytes = ''] = process.argv.slice(2)
const lines = createInterface({ input: process.stdin })
const { publicKey: serverKey } = FILE_IDENTITY
const connection = await connect({ host, port: Number(port), protocols: ['file'], serverKey })
const stream = await connection.openStream()
let sent = 0
let moved: Promise<void> | undefined
for (const chunk of fileOf(Number(bytes))) {
  await stream.write(chunk)
  sent += chunk.length
  if (sent < Number(bytes) / 2 || moved) continue
  const told = once(lines, 'line')
  process.stdout.write('half\n')
  moved = told.then(() => connection.migrate())
}
await moved
await stream.end()
process.stdout.write('done\n')
await connection.close()
lines.close()
