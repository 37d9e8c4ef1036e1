import { describe, expect, test } from 'vitest'
import { PeerRefusal } from './errors.ts'
import type { PeerChange, PeerHost, PeerRequest, ProtocolLimits } from './peers.ts'

export interface PeerFixture {
  readonly hosts: readonly PeerHost[]
  /** Waits for the work on whatever time the network lives by. */
  readonly settle: <T>(work: Promise<T>) => Promise<T>
  /** Lets so many milliseconds pass. */
  readonly pass: (milliseconds: number) => Promise<void>
  /** Breaks the connection of two hosts, as when a cable is pulled and noticed. */
  readonly cut: (a: PeerHost, b: PeerHost) => Promise<void>
}

const ECHO = '/test/echo/1.0.0'
const limits: ProtocolLimits = {
  requestBytes: 65_536,
  answerBytes: 65_536,
  concurrentPerPeer: 16,
  deadlineMs: 5_000,
}
const text = (words: string) => new TextEncoder().encode(words)
const words = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** The rules every network of peers keeps. `open` gives so many hosts that know nothing of each other. */
export function peersAcceptance(open: (count: number) => Promise<PeerFixture>): void {
  const pair = async () => {
    const fixture = await open(2)
    const [a, b] = fixture.hosts as [PeerHost, PeerHost]
    await fixture.settle(a.dial(b.addresses()))
    return { ...fixture, a, b }
  }

  describe('connections', () => {
    test('both ends see the connection, and the end of it', async () => {
      const { hosts, settle, cut, pass } = await open(2)
      const [a, b] = hosts as [PeerHost, PeerHost]
      const seen: [string, PeerChange][] = []
      for (const [name, host] of [
        ['a', a],
        ['b', b],
      ] as const)
        host.onChange((change) => seen.push([name, change]))
      expect((await settle(a.dial(b.addresses()))).peer).toBe(b.self)
      await eventually(pass, () => seen.length === 2)
      expect(a.connected()).toMatchObject([{ peer: b.self, path: 'direct' }])
      expect(b.connected()).toMatchObject([{ peer: a.self, path: 'direct' }])
      await cut(a, b)
      await eventually(pass, () => seen.length === 4)
      expect(seen.map(([name, { kind }]) => `${name} ${kind}`).sort()).toEqual([
        'a connected',
        'a disconnected',
        'b connected',
        'b disconnected',
      ])
      expect([...a.connected(), ...b.connected()]).toEqual([])
    })

    test('an address where another peer lives, or nobody, is unreachable', async () => {
      const { hosts, settle } = await open(3)
      const [a, b, c] = hosts as [PeerHost, PeerHost, PeerHost]
      const wrong = b
        .addresses()
        .map((address) => address.replace(/\/(p2p|memory)\/[^/]+/g, `/$1/${c.self}x`))
      await expect(settle(a.dial(wrong))).rejects.toMatchObject({ code: 'peers.unreachable' })
      await expect(settle(a.dial([]))).rejects.toMatchObject({ code: 'peers.unreachable' })
      await expect(settle(a.request(b.self, ECHO, text('x')))).rejects.toMatchObject({
        code: 'peers.unreachable',
      })
      expect(a.connected()).toEqual([])
    })

    test('who is not admitted has no connection; who was is sent away', async () => {
      const { a, b, settle, pass } = await pair()
      b.admit((peer) => peer !== a.self)
      await eventually(pass, () => a.connected().length === 0 && b.connected().length === 0)
      await settle(a.dial(b.addresses()).catch(() => {}))
      await eventually(pass, () => a.connected().length === 0)
      expect(b.connected()).toEqual([])
      b.admit(() => true)
      await settle(a.dial(b.addresses()))
      await eventually(pass, () => b.connected().length === 1)
    })
  })

  describe('requests', () => {
    test('are answered, in both directions, and name the asker', async () => {
      const { a, b, settle } = await pair()
      for (const host of [a, b])
        host.handle(ECHO, async ({ peer, body }) => text(`${peer} ${words(body)}`), limits)
      expect(words(await settle(a.request(b.self, ECHO, text('books'))))).toBe(`${a.self} books`)
      expect(words(await settle(b.request(a.self, ECHO, text('notes'))))).toBe(`${b.self} notes`)
      expect(await settle(a.request(b.self, ECHO, new Uint8Array()))).toHaveLength(a.self.length + 1)
    })

    test('many in flight are told apart, also when answers come in another order', async () => {
      const { a, b, settle } = await pair()
      const held: (() => void)[] = []
      b.handle(
        ECHO,
        async ({ body }) => {
          await new Promise<void>((resolve) => {
            held.push(resolve)
            if (held.length === limits.concurrentPerPeer) for (const go of held.splice(0).reverse()) go()
          })
          return body
        },
        limits,
      )
      a.handle(ECHO, async () => new Uint8Array(), limits)
      const asked = Array.from({ length: limits.concurrentPerPeer * 20 }, (_, i) => text(`request ${i}`))
      const answers = await settle(Promise.all(asked.map((body) => a.request(b.self, ECHO, body))))
      expect(answers.map(words)).toEqual(asked.map(words))
    })

    test('bodies of any size up to the limit arrive whole', async () => {
      const { a, b, settle } = await pair()
      b.handle(ECHO, async ({ body }) => body, limits)
      for (const size of [1, 121, 122, 123, 16_379, 16_380, 65_535, 65_536]) {
        const body = Uint8Array.from({ length: size }, (_, i) => (i * 31 + size) % 251)
        expect(await settle(a.request(b.self, ECHO, body))).toEqual(body)
      }
    })
  })

  refusals(pair)
  ends(pair)
}

type Pair = () => Promise<PeerFixture & { readonly a: PeerHost; readonly b: PeerHost }>

function refusals(pair: Pair): void {
  describe('refusals', () => {
    test('a protocol without a handler is not supported', async () => {
      const { a, b, settle } = await pair()
      const asked = () => settle(a.request(b.self, ECHO, text('x')))
      await expect(asked()).rejects.toMatchObject({ code: 'peers.not_supported' })
      const stop = b.handle(ECHO, async ({ body }) => body, limits)
      expect(words(await asked())).toBe('x')
      stop()
      await expect(asked()).rejects.toMatchObject({
        code: expect.stringMatching(/peers\.(not_supported|closed)/),
      })
    })

    test('a reason is told; any other fault is not', async () => {
      const { a, b, settle } = await pair()
      b.handle(
        ECHO,
        async ({ body }) => {
          if (words(body) === 'stale') throw new PeerRefusal('membership.stale', 'There is a newer one.')
          throw new Error('password of the database: 1234')
        },
        limits,
      )
      const refused = await settle(a.request(b.self, ECHO, text('stale')).catch((error: unknown) => error))
      expect(refused).toMatchObject({
        code: 'peers.refused',
        reason: 'membership.stale',
        message: 'There is a newer one.',
      })
      const failed = await settle(a.request(b.self, ECHO, text('x')).catch((error: unknown) => error))
      expect(failed).toMatchObject({ code: 'peers.refused', reason: 'internal' })
      expect(String(failed)).not.toContain('1234')
    })

    test('what is too long is refused on either side, and the stream goes on', async () => {
      const { a, b, settle } = await pair()
      const violations: string[] = []
      b.onViolation(({ peer, reason }) => violations.push(`${peer} ${reason}`))
      b.handle(ECHO, async ({ body }) => new Uint8Array(body[0]! * 1000), limits)
      const long = settle(a.request(b.self, ECHO, new Uint8Array(limits.requestBytes + 1)))
      await expect(long).rejects.toMatchObject({ code: 'peers.too_large' })
      expect(violations).toEqual([`${a.self} too_large`])
      const small = (answerBytes: number) =>
        settle(a.request(b.self, ECHO, Uint8Array.of(2), { answerBytes }))
      await expect(small(1_999)).rejects.toMatchObject({ code: 'peers.too_large' })
      expect(await small(2_000)).toHaveLength(2_000)
      await expect(settle(a.request(b.self, ECHO, Uint8Array.of(200)))).rejects.toMatchObject({
        code: 'peers.refused',
      })
    })

    test('more than a peer may ask at once is answered as busy', async () => {
      const { a, b, settle } = await pair()
      const gate = Promise.withResolvers<void>()
      const few = { ...limits, concurrentPerPeer: 2 }
      b.handle(ECHO, async ({ body }) => gate.promise.then(() => body), few)
      const asked = [1, 2, 3].map((i) => a.request(b.self, ECHO, Uint8Array.of(i)))
      await expect(settle(asked[2]!)).rejects.toMatchObject({ code: 'peers.busy' })
      gate.resolve()
      expect(await settle(Promise.all(asked.slice(0, 2)))).toEqual([Uint8Array.of(1), Uint8Array.of(2)])
    })
  })
}

function ends(pair: Pair): void {
  describe('ends', () => {
    test('a deadline of the asker and of the handler', async () => {
      const { a, b, settle, pass } = await pair()
      const aborted: string[] = []
      const forever = async ({ signal, body }: PeerRequest) => {
        if (words(body) === 'open') return body
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
        aborted.push(String(signal.reason))
        return new Uint8Array()
      }
      b.handle(ECHO, forever, { ...limits, deadlineMs: 300 })
      // The stream is there: on a busy machine opening it takes longer than the brief deadline.
      await settle(a.request(b.self, ECHO, text('open')))
      const brief = settle(a.request(b.self, ECHO, text('x'), { deadlineMs: 100 }))
      await expect(brief).rejects.toMatchObject({ code: 'peers.timeout' })
      await eventually(pass, () => aborted.length === 1)
      expect(aborted[0]).toContain('gave up')
      await expect(settle(a.request(b.self, ECHO, text('x')))).rejects.toMatchObject({
        code: 'peers.timeout',
      })
      expect(aborted[1]).toContain('deadline')
    })

    test('a signal gives a request up, and the handler hears of it', async () => {
      const { a, b, settle, pass } = await pair()
      const begun = Promise.withResolvers<AbortSignal>()
      b.handle(
        ECHO,
        async ({ signal }) => {
          begun.resolve(signal)
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
          return new Uint8Array()
        },
        limits,
      )
      const controller = new AbortController()
      const asked = a.request(b.self, ECHO, text('x'), { signal: controller.signal })
      const outcome = asked.catch((error: unknown) => error)
      const signal = await settle(begun.promise)
      controller.abort(new Error('enough'))
      expect(await settle(outcome)).toMatchObject({ message: 'enough' })
      await eventually(pass, () => signal.aborted)
      await expect(a.request(b.self, ECHO, text('x'), { signal: controller.signal })).rejects.toThrow(
        'enough',
      )
    })

    test('when the connection ends, requests in flight fail as closed; after a new one they work again', async () => {
      const { a, b, settle, cut, pass } = await pair()
      let arrived = 0
      const gate = Promise.withResolvers<void>()
      b.handle(
        ECHO,
        async ({ body }) => {
          arrived++
          await gate.promise
          return body
        },
        limits,
      )
      const outcomes = [1, 2, 3].map((i) =>
        a.request(b.self, ECHO, Uint8Array.of(i)).catch((error: unknown) => error),
      )
      await eventually(pass, () => arrived === 3)
      await cut(a, b)
      for (const outcome of outcomes) expect(await settle(outcome)).toMatchObject({ code: 'peers.closed' })
      gate.resolve()
      await eventually(pass, () => a.connected().length === 0)
      await expect(settle(a.request(b.self, ECHO, text('x')))).rejects.toMatchObject({
        code: 'peers.unreachable',
      })
      await settle(a.dial(b.addresses()))
      expect(words(await settle(a.request(b.self, ECHO, text('again'))))).toBe('again')
    })
  })
}

/** Looks again every millisecond of the network's time. */
async function eventually(pass: PeerFixture['pass'], condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${condition}`)
    await pass(1)
  }
}
