import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { initialKeys, protectPacket, revealHeader } from '../crypto/protection.ts'
import { Aead } from '../crypto/suite.ts'
import { identityFrom, nodeCrypto } from '../node/crypto.ts'
import { readPublicHeader } from '../wire/header.ts'
import type { TransportParameters } from '../wire/parameters.ts'
import { Reader } from '../wire/varint.ts'
import { ClientHandshake } from './client.ts'
import { ServerHandshake } from './server.ts'

function vector(name: string): Record<string, string> {
  const file = new URL(`../../../../contracts/vectors/quantum/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'hex'))
const always = (value: Uint8Array) => ({
  fill: <T extends Uint8Array>(target: T): T => {
    target.set(value.subarray(0, target.length))
    return target
  },
})
const bodyOf = (message: Uint8Array) => {
  const read = new Reader(message, 1)
  return read.take(read.varint())
}

/** What both sides of the vector tell; defaults may change, this may not. */
const PARAMETERS: TransportParameters = {
  maxData: 16 << 20,
  maxStreamData: 8 << 20,
  maxStreamsBidi: 256,
  maxStreamsUni: 256,
  idleTimeout: 30_000,
  maxAckDelay: 25,
  maxUdpPayload: 1472,
  maxDatagram: 1200,
  connectionIdLimit: 8,
  maxMessage: 1 << 20,
  fecWindow: 256,
}

test('a handshake from known keys gives the known messages and secrets (HSK-3, HSK-4, HSK-5, HSK-6, KEY-2, KEY-3, KEY-4)', () => {
  const known = vector('handshake')
  const ids = { originalDestination: bytes(known.originalDestination), clientId: bytes(known.clientId) }
  const common = { crypto: nodeCrypto, protocols: ['vector'], parameters: PARAMETERS }
  const client = new ClientHandshake({
    ...ids,
    ...common,
    random: always(bytes(known.clientX25519Private)),
    suites: [Aead.chacha20Poly1305],
    credential: { kind: 'identity', identity: identityFrom(bytes(known.clientEd25519Private)) },
    isServer: () => true,
    earlyData: false,
  })
  const server = new ServerHandshake({
    ...ids,
    ...common,
    random: always(bytes(known.serverX25519Private)),
    identity: identityFrom(bytes(known.serverEd25519Private)),
    suites: [Aead.chacha20Poly1305],
    tickets: undefined,
    serverId: bytes(known.serverId),
  })
  const answer = server.onClientHello(client.hello, bodyOf(client.hello), 0)
  const result = client.onServerHello(answer.hello, bodyOf(answer.hello), bytes(known.serverId))
  server.onClientFinish(result.finish, bodyOf(result.finish))
  expect({
    ...known,
    clientHello: hex(client.hello),
    serverHello: hex(answer.hello),
    clientFinish: hex(result.finish),
    clientSecret: hex(result.secrets.client),
    serverSecret: hex(result.secrets.server),
    resumptionSecret: hex(result.resumptionSecret),
  }).toEqual(known)
})

test('an Initial packet protects and opens as known (PKT-2, PKT-7, KEY-1)', () => {
  const known = vector('initial-packet')
  const keys = initialKeys(nodeCrypto, bytes(known.destination))
  const plain = bytes(known.plain)
  const header = readPublicHeader(bytes(known.protected), 0)!
  const { numberAt } = header
  const buffer = new Uint8Array(plain.length + 16)
  buffer.set(plain)
  const end = protectPacket(keys.client, buffer, 0, numberAt, 1, Number(known.number), plain.length)
  expect(hex(buffer.subarray(0, end))).toBe(known.protected)
  const packet = bytes(known.protected)
  expect(revealHeader(keys.client.header, packet, 0, numberAt)).toBe(1)
  expect(keys.client.packet.open(Number(known.number), packet, 0, numberAt + 1, packet.length)).toBe(true)
  expect(hex(packet.subarray(0, plain.length))).toBe(known.plain)
})
