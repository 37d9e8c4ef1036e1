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
