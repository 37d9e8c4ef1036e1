import { seededRandom } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { openCrypto } from '../testing/open-crypto.ts'
import { CLIENT, Pair, SERVER } from '../testing/pair.ts'
import { isQuantumError } from '../testing/typed.ts'

function numbers(seed: number): () => number {
  const random = seededRandom(seed)
  const scratch = new Uint8Array(4)
  const view = new DataView(scratch.buffer)
  return () => {
    random.fill(scratch)
    return view.getUint32(0)
  }
}

/** Changes a datagram as noise or malice would. */
function mutate(bytes: Uint8Array, next: () => number): Uint8Array {
  const copy = bytes.slice()
  switch (next() % 4) {
    case 0:
      return copy.subarray(0, next() % (copy.length + 1))
    case 1:
      copy.copyWithin(next() % copy.length, next() % copy.length, next() % copy.length)
      return copy
    default:
      for (let i = next() % 8; i >= 0; i--) copy[next() % Math.min(copy.length, 80)] = next() & 0xff
      return copy
  }
}

function talk(pair: Pair): void {
  const client = pair.connect({ crypto: openCrypto })
  for (const kind of ['bytes', 'messages', 'unordered'] as const) {
    pair.run(300, () => client.ready !== undefined)
    if (client.connection.state !== 'open') return
    const stream = client.open({ kind })
    if (kind === 'bytes') stream.write(new Uint8Array(20_000))
    else for (let i = 0; i < 20; i++) stream.writeMessage(new Uint8Array(100 + i * 40))
    stream.end()
    if (client.connection.state === 'open') client.connection.sendDatagram(new Uint8Array(50))
    pair.run(60)
    if (client.connection.state !== 'open') return
  }
}

test('packets changed behind the encryption end connections with a typed error, or do nothing', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const next = numbers(seed)
    const pair = new Pair({ seed, client: { crypto: openCrypto }, server: { crypto: openCrypto } })
    pair.tap = (datagram) =>
      next() % 10 === 0 ? { ...datagram, bytes: mutate(datagram.bytes, next) } : datagram
    talk(pair)
    pair.run(60_000)
    const peers = [...pair.clientStation.peers, ...pair.serverStation.peers]
    for (const { closed } of peers)
      if (closed?.error) expect(isQuantumError(closed.error), `seed ${seed}`).toBe(true)
    for (const { endpoint } of [pair.clientStation, pair.serverStation]) {
      expect(endpoint.connections.size, `seed ${seed}`).toBe(0)
      expect(endpoint.routeCount, `seed ${seed}`).toBe(0)
    }
  }
}, 240_000)

test('datagrams of noise, truncated and replayed ones change nothing at any state', () => {
  const next = numbers(77)
  const pair = new Pair({ link: { loss: 0.02 } })
  const seen: Uint8Array[] = []
  pair.tap = (datagram) => {
    if (seen.length < 400) seen.push(datagram.bytes.slice())
    return datagram
  }
  const attack = () => {
    const old = seen[next() % Math.max(1, seen.length)] ?? new Uint8Array(1200)
    const noise = seededRandom(next()).fill(new Uint8Array(next() % 1400))
    for (const bytes of [noise, mutate(old, next), old.slice(0, next() % old.length), old]) {
      pair.serverStation.receive({ bytes, from: CLIENT, to: SERVER })
      pair.clientStation.receive({ bytes, from: SERVER, to: CLIENT })
    }
  }
  const client = pair.connect()
  const data = seededRandom(5).fill(new Uint8Array(300_000))
  pair.run(30)
  attack()
  pair.run(3000, () => client.ready !== undefined)
  const stream = client.open()
  stream.write(data)
  stream.end()
  for (let i = 0; i < 40; i++) {
    attack()
    pair.run(25)
  }
  pair.run(20_000, () => pair.serverStation.peers.some((peer) => peer.streams.get(stream.id)?.ended))
  const server = pair.serverStation.peers.find((peer) => peer.streams.has(stream.id))!
  expect(Buffer.compare(server.bytesOf(stream.id), data)).toBe(0)
  expect(client.closed).toBeUndefined()
  // Replayed hellos open handshakes that end by themselves.
  pair.run(100_000)
  expect(pair.serverStation.endpoint.connections.size).toBeLessThanOrEqual(1)
})
