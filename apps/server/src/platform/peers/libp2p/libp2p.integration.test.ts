import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { silentLogger } from '@stoa/kernel'
import { until } from '@stoa/testkit/until'
import { afterEach, describe, expect, test } from 'vitest'
import { peersAcceptance } from '../peers.acceptance.ts'
import type { PeerHost } from '../peers.ts'
import { systemScheduler } from '../scheduler.ts'
import { createLibp2pHost, type Libp2pHostOptions } from './create-libp2p-host.ts'

const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

const never = new AbortController().signal
const limits = { requestBytes: 1 << 20, answerBytes: 1 << 20, concurrentPerPeer: 32, deadlineMs: 10_000 }
let count = 0

async function start(options: Partial<Libp2pHostOptions> = {}): Promise<PeerHost> {
  const secretKey = new Uint8Array(32).fill(7)
  new DataView(secretKey.buffer).setUint32(0, ++count)
  const listen = { host: '127.0.0.1', ports: { main: 0, webSocket: 0 } }
  const made = await createLibp2pHost({
    scheduler: systemScheduler,
    log: silentLogger,
    secretKey,
    listen,
    ...options,
  })
  await made.service.start(never)
  running.push(() => made.service.stop())
  return made.host
}

describe('libp2p', () => {
  peersAcceptance(async (size) => ({
    hosts: await Promise.all(Array.from({ length: size }, () => start())),
    settle: (work) => work,
    pass: async (milliseconds) => void (await delay(milliseconds)),
    cut: (a, b) => a.disconnect(b.self),
  }))

  test.each(['tcp', 'quic-v1', 'ws'])('requests travel over %s', async (transport) => {
    const [a, b] = [await start(), await start()]
    b.handle('/x/1', async ({ body }) => body, limits)
    const kinds = { tcp: /\/tcp\/\d+\/p2p/, 'quic-v1': /quic-v1/, ws: /\/ws\// } as const
    const address = b.addresses().find((one) => kinds[transport as keyof typeof kinds].test(one))!
    expect((await a.dial([address])).address).toContain(transport === 'tcp' ? '/tcp/' : transport)
    const body = new Uint8Array(1 << 20).fill(3)
    expect(await a.request(b.self, '/x/1', body)).toEqual(body)
  })

  test('the peer id comes from the key, and the round trip is measured', async () => {
    const secretKey = new Uint8Array(32).fill(9)
    const host = await start({ secretKey })
    expect(host.self).toMatch(/^12D3Koo/)
    expect(host.addresses().every((address) => address.endsWith(`/p2p/${host.self}`))).toBe(true)
    const other = await start()
    await other.dial(host.addresses())
    await until('a round trip', () => other.connected()[0]?.roundTripMs !== undefined, 20_000)
  })

  test('a busy port is passed over, and it says so', async () => {
    const blocker = createServer()
    const port = await new Promise<number>((resolve) =>
      blocker.listen(0, '127.0.0.1', () => {
        const address = blocker.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      }),
    )
    running.push(async () => void blocker.close())
    const said: unknown[] = []
    const log = { ...silentLogger, warn: (fields: object) => void said.push(fields) }
    const ports = { main: port, webSocket: port + 1 }
    const host = await start({ log, listen: { host: '127.0.0.1', ports } })
    expect(said).toMatchObject([{ action: 'p2p_port_busy', wanted: port }])
    expect(host.addresses().join()).not.toContain(`/tcp/${port}/`)
    expect(host.addresses()).toHaveLength(3)
  })

  test('nodes of one machine find each other by mDNS', async () => {
    const [a, b] = [await start({ mdns: true }), await start({ mdns: true })]
    const found = new Set<string>()
    a.onFound(({ peer, by }) => found.add(`${by} ${peer}`))
    b.onFound(({ peer, by }) => found.add(`${by} ${peer}`))
    await until('one has found the other', () => found.has(`mdns ${a.self}`) || found.has(`mdns ${b.self}`))
  })
})
