import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { connect, generateIdentity, listen } from '../src/node/index.ts'

const identity = generateIdentity()

test('bulk goes through a real socket and arrives whole', async () => {
  await using server = await listen({ host: '127.0.0.1', identity, protocols: ['test'] })
  const received = (async () => {
    for await (const connection of server)
      for await (const stream of connection) {
        const hash = createHash('sha256')
        for await (const chunk of stream) hash.update(chunk)
        return hash.digest('hex')
      }
    return undefined
  })()
  const { port } = server.address
  await using client = await connect({
    host: '127.0.0.1',
    port,
    protocols: ['test'],
    serverKey: identity.publicKey,
  })
  const stream = await client.openStream()
  const hash = createHash('sha256')
  for (let i = 0; i < 160; i++) {
    const chunk = Buffer.alloc(65_536, i)
    hash.update(chunk)
    await stream.write(chunk)
  }
  await stream.end()
  expect(await received).toBe(hash.digest('hex'))
})
