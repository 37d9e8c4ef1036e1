import { expect, test } from 'vitest'
import { namesOf, OpenPair } from '../testing/open-pair.ts'
import { Pair } from '../testing/pair.ts'
import { DEFAULT_PARAMETERS } from '../wire/parameters.ts'

test('PAR-2 no datagram is larger than what the peer accepts (7)', () => {
  const parameters = { ...DEFAULT_PARAMETERS, maxUdpPayload: 1300 }
  const pair = new OpenPair({ server: { parameters } })
  const client = pair.connect()
  pair.run(300)
  const stream = client.open()
  stream.write(new Uint8Array(500_000))
  pair.run(3000)
  expect(pair.accepted!.bytesOf(stream.id)).toHaveLength(500_000)
  const sizes = pair.of('client').map(({ datagram }) => datagram)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1300)
  expect(Math.max(...sizes)).toBeGreaterThan(1280)
  expect(Math.max(...pair.of('server').map(({ datagram }) => datagram))).toBeGreaterThan(1300)
})

test('PAR-2 no repair frames go to a peer that keeps nothing to rebuild packets from (11)', () => {
  const repairs = (fecWindow: number) => {
    const pair = new OpenPair({
      link: { loss: 0.05 },
      server: { parameters: { ...DEFAULT_PARAMETERS, fecWindow } },
    })
    const client = pair.connect()
    pair.run(1000, () => client.confirmedAt !== undefined)
    const stream = client.open({ kind: 'messages' })
    for (let i = 0; i < 400; i++) {
      stream.writeMessage(new Uint8Array(1000))
      pair.run(8)
    }
    return pair.of('client').filter((packet) => namesOf(packet).includes('fecRepair')).length
  }
  expect(repairs(256)).toBeGreaterThan(10)
  expect(repairs(0)).toBe(0)
})

test('PAR-2 the smaller idle time of both counts, and 0 is for ever (5)', () => {
  const endOf = (own: number, other: number) => {
    const parameters = (idleTimeout: number) => ({ ...DEFAULT_PARAMETERS, idleTimeout })
    const pair = new Pair({ server: { parameters: parameters(other) } })
    const client = pair.connect({ parameters: parameters(own) })
    pair.run(100_000, () => client.closed !== undefined)
    return client.closed ? Math.round(pair.simulation.now / 1000) : 0
  }
  expect([endOf(2000, 5000), endOf(5000, 2000), endOf(0, 3000), endOf(0, 0)]).toEqual([2, 2, 3, 0])
})

test('PAR-2 streams, datagrams and messages keep to what the peer allows (3, 4, 8, 10)', () => {
  const parameters = {
    ...DEFAULT_PARAMETERS,
    maxStreamsBidi: 2,
    maxStreamsUni: 1,
    maxDatagram: 20,
    maxMessage: 100,
  }
  const pair = new Pair({ server: { parameters } })
  const client = pair.connect()
  pair.run(300)
  const { connection } = client
  expect([connection.openStream(), connection.openStream(), connection.openStream()].map(Boolean)).toEqual([
    true,
    true,
    false,
  ])
  expect(connection.openStream({ unidirectional: true })).toBeDefined()
  expect(connection.openStream({ unidirectional: true })).toBeUndefined()
  connection.sendDatagram(new Uint8Array(20))
  expect(() => connection.sendDatagram(new Uint8Array(21))).toThrow(
    expect.objectContaining({ code: 'quantum.too_large' }),
  )
  expect(connection.maxMessage).toBe(100)
})
