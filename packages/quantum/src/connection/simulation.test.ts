import { seededRandom } from '@stoa/kernel'
import { rounds } from '@stoa/testkit/long'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Pair } from '../testing/pair.ts'
import type { RecordingPeer } from '../testing/recording-peer.ts'
import { isQuantumError } from '../testing/typed.ts'

const link = fc.record({
  delayMs: fc.integer({ min: 1, max: 60 }),
  rateMbit: fc.constantFrom(1, 5, 50),
  loss: fc.constantFrom(0, 0.01, 0.1, 0.3),
  burst: fc.constantFrom(1, 4),
  reorder: fc.constantFrom(0, 0.05, 0.3),
  duplicate: fc.constantFrom(0, 0.1),
  corrupt: fc.constantFrom(0, 0.05),
  jitterMs: fc.constantFrom(0, 5),
})

const work = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  link,
  bulk: fc.nat(120_000),
  messages: fc.array(fc.nat(4000), { maxLength: 40 }),
  window: fc.constantFrom(4_000, 40_000, 8_000_000),
  keyUpdateAfter: fc.constantFrom(undefined, 20),
})

/** SPEC Streams: each byte once and in order, each message once, or a typed error; and nobody waits for ever. */
test('whatever the link does, streams arrive once and as asked for, or the connection says why not', () => {
  fc.assert(
    fc.property(work, ({ seed, link, bulk, messages, window, keyUpdateAfter }) => {
      const parameters = { maxData: window * 2, maxStreamData: window, maxStreamsBidi: 10, maxStreamsUni: 10 }
      const common = { parameters: { ...WIDE, ...parameters }, keyUpdateAfter, handshakeTimeout: 60_000 }
      const pair = new Pair({ seed, link, client: common, server: common })
      const client = pair.connect()
      pair.run(70_000, () => client.ready !== undefined || client.closed !== undefined)
      if (client.closed) {
        expect(isQuantumError(client.closed.error)).toBe(true)
        return
      }
      const data = seededRandom(seed).fill(new Uint8Array(bulk))
      const bytes = client.open()
      bytes.write(data)
      bytes.end()
      const numbered = messages.map((length, i) =>
        Buffer.concat([Buffer.of(i), new Uint8Array(length).fill(i)]),
      )
      const [ordered, unordered] = (['messages', 'unordered'] as const).map((kind) => {
        const stream = client.open({ kind })
        for (const message of numbered) stream.writeMessage(message)
        stream.end()
        return stream
      })
      const ids = [bytes.id, ordered!.id, unordered!.id]
      const done = () => ids.every((id) => pair.accepted?.streams.get(id)?.ended)
      pair.run(600_000, () => done() || client.closed !== undefined)
      const failure = failureOf(client)
      if (failure) {
        expect(isQuantumError(failure)).toBe(true)
        return
      }
      expect(done()).toBe(true)
      const { accepted } = pair
      expect(Buffer.compare(accepted!.bytesOf(bytes.id), data)).toBe(0)
      const texts = (id: number) =>
        accepted!.streams.get(id)!.messages.map(({ data: message }) => hex(message))
      expect(texts(ordered!.id)).toEqual(numbered.map(hex))
      expect(texts(unordered!.id).sort()).toEqual(numbered.map(hex).sort())
    }),
    { seed: 20261122, numRuns: rounds({ short: 40, long: 10_000 }) },
  )
}, 3_600_000)

const failureOf = (peer: RecordingPeer) => peer.closed?.error
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const WIDE = {
  idleTimeout: 120_000,
  maxAckDelay: 25,
  maxUdpPayload: 1472,
  maxDatagram: 1200,
  connectionIdLimit: 8,
  maxMessage: 1 << 20,
  fecWindow: 256,
}
