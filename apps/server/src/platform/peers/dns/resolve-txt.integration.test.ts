import dns2 from 'dns2'
import { afterEach, expect, test } from 'vitest'
import { findBootstrap } from '../bootstrap.ts'
import { txtResolver } from './resolve-txt.ts'

const { Packet } = dns2
const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

/** A real name server on a free port. A record that is a list is one record of several strings. */
async function nameServer(zone: Record<string, (string | string[])[]>): Promise<string> {
  const server = dns2.createServer({
    udp: true,
    handle: (request, send) => {
      const response = Packet.createResponseFromRequest(request)
      const [question] = request.questions
      const { name } = question ?? { name: '' }
      if (!(name in zone)) response.header.rcode = name.startsWith('broken') ? 2 : 3
      for (const data of zone[name] ?? [])
        response.answers.push(
          // Called with these fields by the package's own examples; its types ask for more.
          Object.assign(new Packet.Resource(name, Packet.TYPE.TXT, Packet.CLASS.IN, 60), { data }),
        )
      void send(response)
    },
  })
  const addresses = await server.listen({ udp: { port: 0, address: '127.0.0.1' } })
  running.push(async () => void (await server.close()))
  return `127.0.0.1:${addresses.udp?.port}`
}

const A = '/ip4/192.0.2.1/tcp/4100/p2p/12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X'
const LONG = `/dns4/a-rather-long-name-of-a-host.${'x'.repeat(60)}.example.org/udp/4100/quic-v1${A.slice(A.indexOf('/p2p'))}`

test('a name server is asked for every TXT record of the name', async () => {
  const zone = {
    '_dnsaddr.boot.example': [
      `dnsaddr=${A}`,
      [`dnsaddr=${LONG.slice(0, 90)}`, LONG.slice(90)],
      'something else',
    ],
    'plain.example': [A],
  }
  const resolve = txtResolver([await nameServer(zone)])
  const entries = ['boot.example', 'plain.example', 'nobody.example', 'broken.example']
  const { peers, faults } = await findBootstrap(
    entries.map((domain) => ({ kind: 'dns', domain })),
    resolve,
  )
  expect(peers).toEqual([{ peer: A.slice(A.lastIndexOf('/') + 1), addresses: [A, LONG] }])
  expect(faults).toEqual(
    expect.arrayContaining([
      { entry: 'nobody.example', reason: 'no TXT record names a node' },
      { entry: 'broken.example', reason: expect.stringContaining('could not be looked up') },
    ]),
  )
})

test('a name server that does not answer is a reason, not a hang', async () => {
  const resolve = txtResolver(['127.0.0.1:9'])
  const { faults } = await findBootstrap([{ kind: 'dns', domain: 'boot.example' }], resolve)
  expect(faults[0]?.reason).toMatch(/could not be looked up \((ECONNREFUSED|ETIMEOUT)\)/)
})
