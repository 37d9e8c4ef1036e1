import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { rounds } from '@stoa/testkit/long'
import { until } from '@stoa/testkit/until'
import { expect, test } from 'vitest'
import { connect, generateIdentity, listen, type QuantumServer } from '../src/node/index.ts'

const identity = generateIdentity()
const AT_ONCE = 10
const CONNECTIONS = rounds({ short: 60, long: 20_000 })
/** What the heap may have grown by when all are gone again. Ten connections at once hold less; a leak of 1 kB each would show. */
const MAX_GROWTH_BYTES = 6e6

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

async function serve(server: QuantumServer): Promise<void> {
  for await (const connection of server) {
    void (async () => {
      for await (const stream of connection) for await (const message of stream) await stream.send(message)
    })().catch(() => {})
  }
}

async function visit(port: number): Promise<void> {
  const options = { host: '127.0.0.1', port, protocols: ['test'], serverKey: identity.publicKey }
  const connection = await connect(options)
  const stream = await connection.openStream({ kind: 'messages' })
  await stream.send(new Uint8Array(500))
  expect(await stream.read()).toHaveLength(500)
  await connection.close()
}

async function comeAndGo(port: number, count: number): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, () => visit(port)))
}

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

// In the long run 20,000 connections, about as many as an hour of six new ones a second.
test('connections come and go: heap, sockets and timers stay flat', async () => {
  await using server = await listen({ host: '127.0.0.1', identity, protocols: ['test'] })
  void serve(server)
  const { port } = server.address
  await comeAndGo(port, 50)
  await until('all are forgotten', () => [...server.connections].length === 0)
  const resources = process.getActiveResourcesInfo().length
  const before = heap()
  await comeAndGo(port, CONNECTIONS)
  await until('all are forgotten', () => [...server.connections].length === 0)
  await until('nothing is left open', () => process.getActiveResourcesInfo().length <= resources + 5)
  expect(heap() - before).toBeLessThan(MAX_GROWTH_BYTES)
}, 1_800_000)
