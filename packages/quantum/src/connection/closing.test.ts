import { expect, test } from 'vitest'
import { QuantumError, type QuantumErrorCode } from '../errors.ts'
import { namesOf, OpenPair } from '../testing/open-pair.ts'
import { CLIENT, SERVER } from '../testing/pair.ts'
import { noticeOf } from './closing.ts'

test.each<[QuantumErrorCode, number]>([
  ['quantum.stream_closed', 0x01],
  ['quantum.refused', 0x02],
  ['quantum.flow_control', 0x03],
  ['quantum.malformed', 0x07],
  ['quantum.protocol_violation', 0x0a],
  ['quantum.aead_limit', 0x0f],
  ['quantum.handshake_failed', 0x20],
  ['quantum.identity_rejected', 0x20],
  ['quantum.unauthorized', 0x21],
  ['quantum.version', 0x22],
])('CLS-1 %s is told as code %i', (code, number) => {
  expect(noticeOf(new QuantumError(code, 'No.'))).toMatchObject({ application: false, code: number })
})

test('CLS-1 a close of the application before the handshake is told as 0, without its words', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(5)
  client.connection.close(42, 'secret')
  expect(client.closed).toEqual({ error: undefined })
  pair.clientStation.pump(client.connection)
  pair.run(100)
  const closes = pair
    .of('client')
    .flatMap(({ frames }) => frames.filter(({ frame }) => /^close/.test(String(frame))))
  expect(closes[0]).toEqual({ frame: 'close', code: '0', reason: '' })
  expect(pair.accepted!.closed).toBeDefined()
})

test('CLS-2 CLOSE answers the 1st, 2nd, 4th, 8th … packet, for three probe timeouts', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  const { connection } = pair.accepted!
  // Until the RTT is known well.
  for (let i = 0; i < 40; i++) {
    client.connection.sendDatagram(new Uint8Array([1]))
    pair.run(100)
  }
  const start = pair.simulation.now
  const { smoothedRttMs, rttVariationMs } = client.connection.statistics()
  pair.loses = ({ from }) => from === 'client'
  client.connection.close(5)
  pair.clientStation.pump(client.connection)
  pair.run(21)
  const closes = () => pair.of('client').filter(({ at }) => at > start)
  expect(closes().map(namesOf)).toEqual([['closeApplication']])
  const answered: number[] = []
  for (let packet = 1; packet <= 9; packet++) {
    const before = closes().length
    connection.sendDatagram(new Uint8Array([1]))
    pair.run(41, () => client.connection.state === 'closed')
    if (closes().length > before) answered.push(packet)
    if (client.connection.state === 'closed') break
  }
  expect(answered).toEqual([1, 2, 4])
  const lasted = pair.simulation.now - start
  const three = 3 * (smoothedRttMs + Math.max(4 * rttVariationMs, 1) + 25)
  expect(Math.abs(lasted - three)).toBeLessThan(0.1 * three)
})

test('CLS-2 the answers grow rarer: of 40 packets six are answered', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  const start = pair.simulation.now
  client.connection.close(5)
  pair.clientStation.pump(client.connection)
  const stray = new Uint8Array(100)
  for (let i = 0; i < 40; i++) {
    client.connection.receive(stray.slice(), SERVER, pair.simulation.now)
    pair.clientStation.pump(client.connection)
  }
  pair.run(25)
  expect(pair.of('client').filter(({ at }) => at > start).length).toBe(1 + 6)
})

test('CLS-2 who has received CLOSE is silent', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  const server = pair.accepted!
  const stream = server.open({ unidirectional: true })
  stream.write(new Uint8Array(100_000))
  client.connection.close(5)
  pair.clientStation.pump(client.connection)
  pair.run(22)
  expect(server.connection.state).toBe('draining')
  const from = pair.simulation.now
  const old = new Uint8Array(100)
  for (let i = 0; i < 10; i++) server.connection.receive(old.slice(), CLIENT, from)
  pair.serverStation.pump(server.connection)
  pair.run(2000)
  expect(pair.of('server').filter(({ at }) => at > from + 20.5)).toEqual([])
  expect(server.connection.state).toBe('closed')
})
