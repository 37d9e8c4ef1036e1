import { expect, test } from 'vitest'
import {
  type ConnectOptions,
  connect,
  generateIdentity,
  type ListenOptions,
  listen,
  type QuantumServer,
} from '../src/node/index.ts'

const identity = generateIdentity()
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array | undefined) => new TextDecoder().decode(data)

/** A server that sends back what it gets, on streams of any kind. */
async function echo(options: Partial<ListenOptions> = {}): Promise<QuantumServer> {
  const server = await listen({ host: '127.0.0.1', identity, protocols: ['echo'], ...options })
  void (async () => {
    for await (const connection of server)
      void (async () => {
        for await (const stream of connection)
          void (async () => {
            for await (const data of stream)
              await (stream.kind === 'bytes' ? stream.write(data) : stream.send(data))
            await stream.end()
          })().catch(() => {})
      })().catch(() => {})
  })()
  return server
}

const client = (server: QuantumServer, options: Partial<ConnectOptions> = {}) =>
  connect({
    host: '127.0.0.1',
    port: server.address.port,
    protocols: ['echo'],
    serverKey: identity.publicKey,
    ...options,
  })

test('messages come back one by one, in each kind of stream', async () => {
  await using server = await echo()
  await using connection = await client(server)
  for (const kind of ['messages', 'unordered'] as const) {
    const stream = await connection.openStream({ kind })
    const sent = Array.from({ length: 50 }, (_, i) => `message ${i}`)
    for (const message of sent) await stream.send(bytes(message))
    const ended = stream.end()
    const got: string[] = []
    for await (const message of stream) got.push(text(message))
    if (kind === 'messages') expect(got).toEqual(sent)
    else expect(got.sort()).toEqual(sent.sort())
    await ended
  }
})

test('the server sees who the client is, and turns away whom it does not want', async () => {
  const known = generateIdentity()
  await using server = await echo({
    authorize: (proof) =>
      (proof.kind === 'identity' && Buffer.from(proof.publicKey).equals(known.publicKey)) ||
      (proof.kind === 'token' && text(proof.token) === 'let me in'),
  })
  await using one = await client(server, { identity: known })
  await using two = await client(server, { token: 'let me in' })
  for (const connection of [one, two]) {
    const stream = await connection.openStream({ kind: 'messages' })
    await stream.send(bytes('hi'))
    expect(text(await stream.read())).toBe('hi')
  }
  const stranger = await client(server, { token: 'please' })
  await expect(stranger.closed).rejects.toMatchObject({ code: 'quantum.unauthorized' })
  const stream = stranger.openStream()
  await expect(stream).rejects.toMatchObject({ code: 'quantum.unauthorized' })
})

test('a server with another key is not spoken to', async () => {
  await using server = await echo()
  await expect(client(server, { serverKey: generateIdentity().publicKey })).rejects.toMatchObject({
    code: 'quantum.identity_rejected',
  })
})

test('a call can be aborted, and an absent server is told as a timeout', async () => {
  const nowhere = { host: '127.0.0.1', port: 9, protocols: ['echo'], serverKey: identity.publicKey }
  await expect(connect({ ...nowhere, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    code: 'quantum.aborted',
  })
  await expect(connect({ ...nowhere, handshakeTimeout: 100 })).rejects.toMatchObject({
    code: 'quantum.connect_timeout',
  })
  await using server = await echo()
  await using connection = await client(server)
  const stream = await connection.openStream()
  await expect(stream.read({ signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
    code: 'quantum.aborted',
  })
})

test('a writer waits for a reader that does not read', async () => {
  await using server = await listen({ host: '127.0.0.1', identity, protocols: ['echo'] })
  const accepted = server[Symbol.asyncIterator]().next()
  await using connection = await client(server)
  const stream = await connection.openStream()
  const signal = AbortSignal.timeout(1500)
  let written = 0
  await expect(
    (async () => {
      for (;;) {
        await stream.write(new Uint8Array(65_536), { signal })
        written += 65_536
      }
    })(),
  ).rejects.toMatchObject({ code: 'quantum.aborted' })
  // The window of the stream and the mark of the writer, no more.
  expect(written).toBeLessThan((16 << 20) + (2 << 20))
  expect(written).toBeGreaterThan(1 << 20)
  await accepted
})

test('a resumed client sends early data; a moved one goes on', async () => {
  await using server = await echo()
  const first = await client(server)
  const warm = await first.openStream({ kind: 'messages' })
  await warm.send(bytes('first'))
  expect(text(await warm.read())).toBe('first')
  await expect.poll(() => first.resumption).toBeDefined()
  const resumption = first.resumption!
  await first.close()
  await using second = await client(server, { resumption, early: true })
  const early = await second.openStream({ kind: 'messages', idempotent: true })
  await early.send(bytes('early'))
  expect(text(await early.read())).toBe('early')
  expect(second.resumed).toBe(true)
  await second.migrate()
  await early.send(bytes('moved'))
  expect(text(await early.read())).toBe('moved')
})

test('datagrams and figures', async () => {
  await using server = await listen({ host: '127.0.0.1', identity, protocols: ['echo'] })
  const incoming = server[Symbol.asyncIterator]().next()
  const events: string[] = []
  await using connection = await client(server, { trace: (_now, event) => events.push(event) })
  connection.sendDatagram(bytes('ping'))
  const { value } = await incoming
  for await (const datagram of value!.datagrams) {
    expect(text(datagram)).toBe('ping')
    break
  }
  expect(connection.statistics()).toMatchObject({ state: 'open', controller: 'bbr' })
  expect(events).toContain('packet_sent')
  const metrics = server.metrics()
  expect(metrics).toMatch(/^quantum_connections 1$/m)
  expect(metrics).toMatch(/^quantum_endpoint_total\{outcome="accepted"\} 1$/m)
})

test('connections come and go and leave nothing behind', async () => {
  await using server = await echo()
  for (let round = 0; round < 10; round++) {
    const connections = await Promise.all(Array.from({ length: 10 }, () => client(server)))
    await Promise.all(
      connections.map(async (connection) => {
        const stream = await connection.openStream({ kind: 'messages' })
        await stream.send(bytes('x'))
        await stream.read()
        await connection.close()
      }),
    )
  }
  await expect.poll(() => [...server.connections].length, { timeout: 15_000 }).toBe(0)
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length
  await expect.poll(sockets, { timeout: 15_000 }).toBe(1)
})
