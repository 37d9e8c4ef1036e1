import { describe, expect, test } from 'vitest'
import { MemoryNetwork } from './memory-network.ts'
import { peersAcceptance } from './peers.acceptance.ts'
import { VirtualTime } from './virtual-time.ts'

const limits = { requestBytes: 1_000_000, answerBytes: 1_000_000, concurrentPerPeer: 8, deadlineMs: 60_000 }

function open(names: readonly string[], seed = 7) {
  const time = new VirtualTime()
  const network = new MemoryNetwork({ scheduler: time, seed })
  return { time, network, hosts: names.map((name) => network.node(name)) }
}

class CountingNetwork extends MemoryNetwork {
  readonly opened: string[] = []

  override open(...args: Parameters<MemoryNetwork['open']>): ReturnType<MemoryNetwork['open']> {
    const [from, to, protocol] = args
    this.opened.push(`${from} to ${to}: ${protocol}`)
    return super.open(...args)
  }
}

describe('a network in memory', () => {
  peersAcceptance(async (count) => {
    const { time, network, hosts } = open(Array.from({ length: count }, (_, i) => `node${i}`))
    return {
      hosts,
      settle: (work) => time.until(work),
      pass: (milliseconds) => time.advance(milliseconds),
      cut: async (a, b) => network.cut(a.self, b.self),
    }
  })

  test('parts do not hear each other, notice it after a while, and meet again when healed', async () => {
    const { time, network, hosts } = open(['a', 'b', 'c'])
    const [a, b, c] = hosts as [(typeof hosts)[0], (typeof hosts)[0], (typeof hosts)[0]]
    for (const host of [b, c]) host.handle('/x/1', async ({ body }) => body, limits)
    await time.until(Promise.all([a.dial(b.addresses()), a.dial(c.addresses())]))
    network.partition(['a', 'b'], ['c'])
    const lost = a.request('c', '/x/1', Uint8Array.of(1)).catch((error: unknown) => error)
    expect(await time.until(a.request('b', '/x/1', Uint8Array.of(1)))).toEqual(Uint8Array.of(1))
    await time.advance(10_000)
    expect(await lost).toMatchObject({ name: 'PeerError' })
    expect(a.connected().map(({ peer }) => peer)).toEqual(['b'])
    await expect(time.until(a.dial(c.addresses()))).rejects.toMatchObject({ code: 'peers.unreachable' })
    network.heal()
    await time.until(a.dial(c.addresses()))
    expect(await time.until(a.request('c', '/x/1', Uint8Array.of(2)))).toEqual(Uint8Array.of(2))
  })

  test('one stream carries all requests of a protocol to a peer, for as long as they are connected', async () => {
    const time = new VirtualTime()
    const network = new CountingNetwork({ scheduler: time })
    const [a, b] = [network.node('a'), network.node('b')]
    for (const protocol of ['/x/1', '/y/1']) b.handle(protocol, async ({ body }) => body, limits)
    await time.until(a.dial(b.addresses()))
    const ask = (n: number) => a.request('b', n % 2 ? '/x/1' : '/y/1', Uint8Array.of(n))
    await time.until(Promise.all(Array.from({ length: 16 }, (_, n) => ask(n))))
    await time.advance(3_600_000)
    for (let n = 0; n < 40; n++) expect(await time.until(ask(n))).toEqual(Uint8Array.of(n))
    expect(network.opened.toSorted()).toEqual(['a to b: /x/1', 'a to b: /y/1'])
    network.cut('a', 'b')
    await time.until(a.dial(b.addresses()))
    await time.until(ask(1))
    expect(network.opened.slice(2)).toEqual(['a to b: /x/1'])
  })

  test('a node that stops is gone for the others, and comes back under its name', async () => {
    const { time, network, hosts } = open(['a', 'b'])
    const [a, b] = hosts as [(typeof hosts)[0], (typeof hosts)[0]]
    await time.until(a.dial(b.addresses()))
    network.stop('b')
    expect(a.connected()).toEqual([])
    await expect(time.until(a.dial(b.addresses()))).rejects.toMatchObject({ code: 'peers.unreachable' })
    const again = network.node('b')
    await time.until(a.dial(again.addresses()))
    expect(again.connected()).toMatchObject([{ peer: 'a' }])
  })

  test('the same seed gives the same day', async () => {
    const day = async (seed: number) => {
      const { time, hosts } = open(['a', 'b'], seed)
      const [a, b] = hosts as [(typeof hosts)[0], (typeof hosts)[0]]
      b.handle('/x/1', async ({ body }) => body, limits)
      const began = time.now()
      await time.until(a.dial(b.addresses()))
      const times: number[] = []
      for (let i = 0; i < 50; i++) {
        await time.until(a.request('b', '/x/1', Uint8Array.of(i)))
        times.push(time.now() - began)
      }
      return times
    }
    expect(await day(5)).toEqual(await day(5))
    expect(await day(5)).not.toEqual(await day(6))
  })

  test('an asker that sends faster than the other end takes is held back', async () => {
    const { time, hosts } = open(['a', 'b'])
    const [a, b] = hosts as [(typeof hosts)[0], (typeof hosts)[0]]
    let most = 0
    let working = 0
    b.handle(
      '/x/1',
      async () => {
        most = Math.max(most, ++working)
        await new Promise<void>((resolve) => time.after(50, resolve))
        working--
        return new Uint8Array()
      },
      limits,
    )
    a.handle('/x/1', async () => new Uint8Array(), limits)
    await time.until(a.dial(b.addresses()))
    const asked = Array.from({ length: 200 }, () => a.request('b', '/x/1', new Uint8Array(500_000)))
    await time.until(Promise.all(asked))
    expect(most).toBe(limits.concurrentPerPeer)
  })
})
