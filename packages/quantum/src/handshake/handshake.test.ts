import { createHash, createHmac } from 'node:crypto'
import { seededRandom } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { Aead } from '../crypto/suite.ts'
import { identityFrom, nodeCrypto } from '../node/crypto.ts'
import { DEFAULT_PARAMETERS } from '../wire/parameters.ts'
import { Reader } from '../wire/varint.ts'
import { ClientHandshake, type ClientHandshakeOptions, type Resumption } from './client.ts'
import { ServerHandshake } from './server.ts'
import { Tickets } from './ticket.ts'

const server = identityFrom(new Uint8Array(32).fill(7))
const context = { originalDestination: new Uint8Array(8).fill(1), clientId: new Uint8Array(8).fill(2) }
const serverId = new Uint8Array(8).fill(3)

function bodyOf(message: Uint8Array): Uint8Array {
  const read = new Reader(message, 1)
  return read.take(read.varint())
}

function client(overrides: Partial<ClientHandshakeOptions> = {}) {
  return new ClientHandshake({
    ...context,
    crypto: nodeCrypto,
    random: seededRandom(1),
    suites: [Aead.chacha20Poly1305],
    protocols: ['echo'],
    parameters: DEFAULT_PARAMETERS,
    credential: { kind: 'anonymous' },
    isServer: (key) => Buffer.from(key).equals(server.publicKey),
    earlyData: false,
    ...overrides,
  })
}

function serverSide(tickets?: Tickets, parameters = DEFAULT_PARAMETERS) {
  return new ServerHandshake({
    ...context,
    crypto: nodeCrypto,
    random: seededRandom(2),
    identity: server,
    suites: [Aead.aes256Gcm, Aead.chacha20Poly1305],
    protocols: ['echo'],
    parameters,
    tickets,
    serverId,
  })
}

function run(one: ClientHandshake, other = serverSide(), now = 0) {
  const answer = other.onClientHello(one.hello, bodyOf(one.hello), now)
  const result = one.onServerHello(answer.hello, bodyOf(answer.hello), serverId)
  return { answer, result, finish: () => other.onClientFinish(result.finish, bodyOf(result.finish)) }
}

test('both sides agree on secrets, protocol and limits, and the client proves its identity (HSK-6)', () => {
  const identity = identityFrom(new Uint8Array(32).fill(9))
  const { answer, result, finish } = run(client({ credential: { kind: 'identity', identity } }))
  expect(result.secrets).toEqual(answer.secrets)
  expect(result.proof).toMatchObject({ protocol: 'echo', parameters: DEFAULT_PARAMETERS })
  const done = finish()
  expect(done.proof).toMatchObject({ kind: 'identity', publicKey: identity.publicKey })
  expect(done.resumptionSecret).toEqual(result.resumptionSecret)
})

test('HSK-5 a server with another key is refused', () => {
  expect(() => run(client({ isServer: () => false }))).toThrow(
    expect.objectContaining({ code: 'quantum.identity_rejected' }),
  )
})

test('any changed byte of any message ends the handshake (KEY-3, HSK-6)', () => {
  for (let at = 3; at < run(client()).answer.hello.length; at += 7) {
    const one = client()
    const { hello } = serverSide().onClientHello(one.hello, bodyOf(one.hello), 0)
    hello[at]! ^= 0x10
    expect(() => one.onServerHello(hello, bodyOf(hello), serverId), `byte ${at}`).toThrow()
  }
  for (let at = 3; at < client().hello.length; at += 5) {
    const one = client()
    const changed = one.hello.slice()
    changed[at]! ^= 1
    const answer = () => serverSide().onClientHello(changed, bodyOf(changed), 0).hello
    const finish = () => one.onServerHello(answer(), bodyOf(answer()), serverId)
    expect(finish, `byte ${at}`).toThrow(expect.objectContaining({ name: 'QuantumError' }))
  }
  const { result } = run(client())
  const forged = result.finish.slice()
  forged[forged.length - 1]! ^= 1
  const side = serverSide()
  const hello = client().hello
  side.onClientHello(hello, bodyOf(hello), 0)
  expect(() => side.onClientFinish(forged, bodyOf(forged))).toThrow()
})

test('KEY-3 a changed connection id ends the handshake', () => {
  const one = client({ clientId: new Uint8Array(8).fill(9) })
  const answer = serverSide().onClientHello(one.hello, bodyOf(one.hello), 0)
  expect(() => one.onServerHello(answer.hello, bodyOf(answer.hello), serverId)).toThrow()
})

function resumable(tickets: Tickets, now = 0): Resumption {
  const { answer, result, finish } = run(client(), serverSide(tickets), now)
  const { resumptionSecret } = finish()
  const ticket = tickets.issue(
    {
      secret: resumptionSecret,
      suite: answer.suite,
      principal: new Uint8Array(0),
      parameters: DEFAULT_PARAMETERS,
    },
    now,
  )
  const { suite, proof } = result
  return {
    ticket,
    secret: result.resumptionSecret,
    suite,
    server: proof.identity,
    protocol: 'echo',
    parameters: proof.parameters,
  }
}

test('RES-3 a ticket resumes, and carries early data once', () => {
  const tickets = new Tickets({ crypto: nodeCrypto, random: seededRandom(3), lifetime: 1000 })
  const resumption = resumable(tickets)
  const first = client({ resumption, earlyData: true })
  const one = run(first, serverSide(tickets), 10)
  expect(one.result).toMatchObject({ resumed: true, earlyAccepted: true })
  expect(one.answer.earlySecret).toEqual(first.earlySecret)
  expect(one.result.secrets).toEqual(one.answer.secrets)
  const replay = serverSide(tickets).onClientHello(first.hello, bodyOf(first.hello), 20)
  expect(replay.earlySecret).toBeUndefined()
  const late = run(client({ resumption, earlyData: true }), serverSide(tickets), 1001)
  expect(late.result).toMatchObject({ resumed: false, earlyAccepted: false })
})

test('a ticket of another key, with a wrong binder, or after limits shrank gives no early data (RES-1, RES-2)', () => {
  const tickets = new Tickets({ crypto: nodeCrypto, random: seededRandom(4) })
  const other = new Tickets({ crypto: nodeCrypto, random: seededRandom(5) })
  const resumption = resumable(tickets)
  const hello = () => client({ resumption, earlyData: true })
  expect(run(hello(), serverSide(other)).result.resumed).toBe(false)
  expect(run(hello(), serverSide(tickets, { ...DEFAULT_PARAMETERS, maxData: 1 })).result).toMatchObject({
    resumed: true,
    earlyAccepted: false,
  })
  const wrong = client({ resumption: { ...resumption, secret: new Uint8Array(32) }, earlyData: true })
  expect(run(wrong, serverSide(tickets)).result.resumed).toBe(false)
})

test('RES-3 the memory of used tickets is bounded', () => {
  const tickets = new Tickets({ crypto: nodeCrypto, random: seededRandom(6), memory: 2, lifetime: 100 })
  const early = (now: number) =>
    run(client({ resumption: resumable(tickets, now), earlyData: true }), serverSide(tickets), now).result
      .earlyAccepted
  expect([early(0), early(1), early(2), early(200)]).toEqual([true, true, false, true])
})

const hmac = (key: Uint8Array, data: Uint8Array) => createHmac('sha256', key).update(data).digest()
const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** HKDF-Expand of one block, with the label of KEY-2. */
function expandLabel(secret: Uint8Array, label: string, context: Uint8Array): Buffer {
  const name = Buffer.from(`quantum1 ${label}`)
  const info = [Buffer.of(0, 32, name.length), name, Buffer.of(context.length), context, Buffer.of(1)]
  return hmac(secret, Buffer.concat(info))
}

test('binder and early secret follow from the ticket’s secret and the hello (KEY-3, KEY-4, HSK-3)', () => {
  const tickets = new Tickets({ crypto: nodeCrypto, random: seededRandom(8) })
  const resumption = resumable(tickets)
  const { hello, earlySecret } = client({ resumption, earlyData: true })
  const { originalDestination, clientId } = context
  const ids = [Buffer.of(8), originalDestination, Buffer.of(8), clientId]
  const seed = Buffer.concat([Buffer.from('51540001', 'hex'), ...ids])
  const early = hmac(new Uint8Array(32), resumption.secret)
  const binder = hmac(expandLabel(early, 'binder', new Uint8Array(0)), sha256(seed, hello.subarray(0, -32)))
  expect(Buffer.from(hello.subarray(-32))).toEqual(binder)
  expect(Buffer.from(earlySecret!)).toEqual(expandLabel(early, 'early', sha256(seed, hello)))
})
