import { ByteReader, ByteWriter, encodeDocumentMessage, MalformedBytes } from '@stoa/contracts/realtime'

/** Where somebody is in a document, as y-protocols has it: a client's number, its clock, and a JSON state or null. */
export interface AwarenessState {
  readonly clientId: number
  readonly clock: number
  /** JSON text. */
  readonly state: string
}

/** Clients one connection may speak for: its own, and a few it was before. */
const MOST_CLIENTS = 8
const MOST_STATE_CHARACTERS = 8_192

/** @throws MalformedBytes; also for more, or larger states than one connection may have */
export function decodeAwareness(update: Uint8Array, most = MOST_CLIENTS): readonly AwarenessState[] {
  const reader = new ByteReader(update)
  const count = reader.varUint()
  if (count > most) throw new MalformedBytes('too many awareness states')
  return Array.from({ length: count }, () => {
    const clientId = reader.varUint()
    const clock = reader.varUint()
    const state = reader.varString()
    if (state.length > MOST_STATE_CHARACTERS) throw new MalformedBytes('an awareness state is too large')
    return { clientId, clock, state }
  })
}

export function encodeAwareness(states: readonly AwarenessState[]): Uint8Array {
  const out = new ByteWriter().varUint(states.length)
  for (const { clientId, clock, state } of states) out.varUint(clientId).varUint(clock).varString(state)
  return out.toBytes()
}

/** A state, and whose: a connection's, or that of another gateway, heard of at some time (milliseconds). */
type Known<Connection> = AwarenessState & { readonly by: Connection | undefined; readonly heardAt: number }

/**
 * The states of everybody in one document. A connection sets only clients that no other connection speaks for, and says in
 * them whose they are; what changed is told to all a few times a second, the newest only.
 */
export class AwarenessRoom<Connection extends object> {
  readonly #states = new Map<number, Known<Connection>>()
  readonly #changed = new Set<number>()

  /** Takes what a connection says of itself. */
  set(by: Connection, accountId: string, states: readonly AwarenessState[]): void {
    for (const one of states) {
      const known = this.#states.get(one.clientId)
      if (known !== undefined && (known.by !== by || known.clock >= one.clock)) continue
      if (known === undefined && (one.state === 'null' || this.#countOf(by) >= MOST_CLIENTS)) continue
      const state = signed(one.state, accountId)
      if (state === undefined) continue
      this.#states.set(one.clientId, { ...one, state, by, heardAt: 0 })
      this.#changed.add(one.clientId)
    }
  }

  /** The connection is gone, and with it where it was. */
  leave(by: Connection): void {
    for (const [clientId, { by: owner, clock }] of this.#states)
      if (owner === by) {
        this.#states.set(clientId, { clientId, clock: clock + 1, state: 'null', by, heardAt: 0 })
        this.#changed.add(clientId)
      }
  }

  get hasNews(): boolean {
    return this.#changed.size > 0
  }

  /** What changed since the last call; states that ended are forgotten with it. */
  takeNews(): readonly AwarenessState[] {
    const news = [...this.#changed].flatMap((clientId) => this.#states.get(clientId) ?? [])
    this.#changed.clear()
    for (const { clientId, state } of news) if (state === 'null') this.#states.delete(clientId)
    return news.map(({ clientId, clock, state }) => ({ clientId, clock, state }))
  }

  /** Takes what another gateway says of its clients; returns what of it is news. */
  hear(states: readonly AwarenessState[], now: number): readonly AwarenessState[] {
    return states.filter((one) => {
      const known = this.#states.get(one.clientId)
      if (known !== undefined && (known.by !== undefined || known.clock >= one.clock)) return false
      if (one.state === 'null') this.#states.delete(one.clientId)
      else this.#states.set(one.clientId, { ...one, by: undefined, heardAt: now })
      return known !== undefined || one.state !== 'null'
    })
  }

  /** Clients of other gateways that were not heard of since: their gateway is gone. Returns how they end. */
  forget(since: number): readonly AwarenessState[] {
    const gone = [...this.#states.values()].filter(({ by, heardAt }) => by === undefined && heardAt < since)
    for (const { clientId } of gone) this.#states.delete(clientId)
    return gone.map(({ clientId, clock }) => ({ clientId, clock: clock + 1, state: 'null' }))
  }

  /** Where the clients of this gateway are, for another one that asks. */
  ours(): readonly AwarenessState[] {
    return [...this.#states.values()].filter(({ by, state }) => by !== undefined && state !== 'null')
  }

  /** Everybody who is here, as a message; `undefined` when nobody is. */
  everybody(): Uint8Array | undefined {
    const states = [...this.#states.values()].filter(({ state }) => state !== 'null')
    return states.length === 0 ? undefined : awarenessMessage(states)
  }

  #countOf(by: Connection): number {
    let count = 0
    for (const one of this.#states.values()) if (one.by === by) count += 1
    return count
  }
}

export const awarenessMessage = (states: readonly AwarenessState[]): Uint8Array =>
  encodeDocumentMessage({ kind: 'awareness', update: encodeAwareness(states) })

/** Nobody appears as somebody else: the account stands in the state, written by us. */
function signed(state: string, accountId: string): string | undefined {
  if (state === 'null') return state
  try {
    const value: unknown = JSON.parse(state)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return JSON.stringify({ ...value, account_id: accountId })
  } catch {
    return undefined
  }
}
