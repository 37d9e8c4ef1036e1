import { type DocumentMessage, decodeDocumentMessage, encodeDocumentMessage } from '@stoa/contracts/realtime'
import { seededRandom, silentLogger, systemClock, uuidv7 } from '@stoa/kernel'
import { Dice } from '@stoa/testkit/books/random'
import { until } from '@stoa/testkit/until'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createStateSync } from '../../../capabilities/statesync/index.ts'
import { noSignals } from '../../../platform/bus/signals.ts'
import type { Channel } from '../socket.ts'
import { DocumentConnection } from './document-connection.ts'
import { DocumentHub } from './document-hub.ts'

const TICKS = 60
const tenantId = uuidv7()

interface Trouble {
  readonly drop: number
  readonly duplicate: number
  /** A message arrives up to so many ticks late, so that later ones overtake it. */
  readonly lateTicks: number
}

const NONE: Trouble = { drop: 0, duplicate: 0, lateTicks: 0 }

/** Messages under way in one direction; worse than any WebSocket: they get lost, come twice, and overtake each other. */
class Wire {
  trouble: Trouble
  readonly #dice: Dice
  readonly #deliver: (bytes: Uint8Array) => void
  #under: { bytes: Uint8Array; due: number }[] = []
  #now = 0

  constructor(dice: Dice, trouble: Trouble, deliver: (bytes: Uint8Array) => void) {
    this.#dice = dice
    this.trouble = trouble
    this.#deliver = deliver
  }

  send(bytes: Uint8Array): void {
    const { drop, duplicate, lateTicks } = this.trouble
    if (this.#dice.unit() < drop) return
    const copies = this.#dice.unit() < duplicate ? 2 : 1
    for (let n = 0; n < copies; n++)
      this.#under.push({ bytes, due: this.#now + this.#dice.between(0, lateTicks) })
  }

  tick(): void {
    this.#now += 1
    const due = this.#under.filter((one) => one.due < this.#now)
    this.#under = this.#under.filter((one) => one.due >= this.#now)
    for (const { bytes } of due) this.#deliver(bytes)
  }
}

/** A client that knows no more of the protocol than a stock one. */
class SimulatedClient {
  readonly doc = new Y.Doc()
  readonly words = this.doc.getArray<string>('words')
  readonly name: string
  readonly typed: string[] = []
  readonly #dice: Dice
  readonly #up: Wire
  readonly #down: Wire
  readonly #connection: DocumentConnection

  constructor(name: string, dice: Dice, trouble: Trouble, connect: (channel: Channel) => DocumentConnection) {
    this.name = name
    this.#dice = dice
    this.#down = new Wire(dice, trouble, (bytes) => this.#hear(decodeDocumentMessage(bytes)))
    const channel: Channel = {
      transport: 'quantum',
      send: (bytes) => this.#down.send(bytes),
      buffered: 0,
      close: (_, text) => expect.unreachable(text),
      pause: () => {},
      resume: () => {},
    }
    this.#connection = connect(channel)
    this.#up = new Wire(dice, trouble, (bytes) => this.#connection.receive(bytes))
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#say({ kind: 'update', update })
    })
    this.handshake()
  }

  type(): void {
    const word = `${this.name}${this.typed.length}`
    this.typed.push(word)
    this.words.insert(this.#dice.between(0, this.words.length), [word])
  }

  handshake(): void {
    this.#say({ kind: 'step1', stateVector: Y.encodeStateVector(this.doc) })
  }

  calm(): void {
    this.#up.trouble = NONE
    this.#down.trouble = NONE
  }

  tick(): void {
    this.#up.tick()
    this.#down.tick()
  }

  leave(): void {
    this.#connection.closed()
  }

  #say(message: DocumentMessage): void {
    this.#up.send(encodeDocumentMessage(message))
  }

  #hear(message: DocumentMessage): void {
    if (message.kind === 'update' || message.kind === 'step2') Y.applyUpdate(this.doc, message.update, this)
    if (message.kind === 'step1')
      this.#say({ kind: 'step2', update: Y.encodeStateAsUpdate(this.doc, message.stateVector) })
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const seeds = Array.from({ length: 50 }, (_, n) => n + 1)

test.each(seeds)(
  'messages are lost, doubled and overtake each other: one exchange of what is missing mends it (seed %i)',
  async (seed) => {
    const dice = new Dice(seed)
    const statesync = createStateSync({ clock: systemClock, random: seededRandom(seed), log: silentLogger })
    await statesync.service.start(new AbortController().signal)
    const { document } = await statesync.client.createDocument({ tenantId, userId: uuidv7() })
    const documentId = document?.documentId ?? ''
    const parts = { statesync: statesync.client, signals: noSignals, log: silentLogger, onEmpty: () => {} }
    const hub = new DocumentHub({ tenantId, documentId, ...parts })
    await hub.live
    const trouble = { drop: dice.unit() / 3, duplicate: dice.unit() / 3, lateTicks: dice.between(0, 12) }
    const connect = (channel: Channel) => {
      const context = { tenantId, accountId: uuidv7(), sessionId: uuidv7(), role: 'member' as const }
      const grant = { context, documentId, mode: 'write' as const }
      return new DocumentConnection({
        hub,
        channel,
        grant,
        traceparent: undefined,
        log: silentLogger,
        onSlow: () => {},
      })
    }
    const clients = ['a', 'b', 'c', 'd'].map((name) => new SimulatedClient(name, dice, trouble, connect))
    for (let n = 0; n < TICKS; n++) {
      for (const client of clients) {
        if (dice.unit() < 0.5) client.type()
        client.tick()
      }
      await turn()
    }
    for (const client of clients) {
      client.calm()
      client.handshake()
    }
    const typed = clients.flatMap((client) => client.typed).sort()
    await until('everybody has everything', () => {
      for (const client of clients) client.tick()
      return clients.every(({ words }) => words.length === typed.length)
    })
    const [first, ...others] = clients.map(({ words }) => words.toArray())
    for (const other of others) expect(other).toEqual(first)
    expect([...(first ?? [])].sort()).toEqual(typed)
    const kept = await statesync.client.getDocument({
      tenantId,
      documentId,
      stateVector: new Uint8Array([0]),
    })
    const stored = new Y.Doc()
    Y.applyUpdate(stored, kept.state)
    expect(stored.getArray('words').toArray()).toEqual(first)
    for (const client of clients) client.leave()
    hub.close()
    await statesync.service.stop()
  },
)
