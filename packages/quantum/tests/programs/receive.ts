/** Takes one stream and tells its length and hash: `receive.ts HOST`. Prints the port, then the result. */
import { createHash } from 'node:crypto'
import { listen } from '../../src/node/index.ts'
import { FILE_IDENTITY } from './file.ts'

const [host = '127.0.0.1'] = process.argv.slice(2)
const server = await listen({ host, port: 0, identity: FILE_IDENTITY, protocols: ['file'] })
process.stdout.write(`${server.address.port}\n`)

for await (const connection of server) {
  const addresses = new Set<string>()
  const hash = createHash('sha256')
  let bytes = 0
  for await (const stream of connection) {
    for await (const chunk of stream) {
      hash.update(chunk)
      bytes += chunk.length
      addresses.add(connection.remoteAddress.address)
    }
    break
  }
  process.stdout.write(
    `${JSON.stringify({ bytes, sha256: hash.digest('hex'), addresses: [...addresses] })}\n`,
  )
  // The sender has yet to learn that all of it came.
  await connection.closed
  break
}
await server.close()
