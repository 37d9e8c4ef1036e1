import type { Random } from '@stoa/kernel'
import { QuantumError } from '../errors.ts'
import { CONNECTION_ID_LENGTH } from '../wire/constants.ts'

/** Ids that the peer may address us by. */
const MOST_LOCAL = 4

/** The routes of an endpoint: which ids belong to which connection. */
export interface IdRegistry {
  add(id: Uint8Array): void
  remove(id: Uint8Array): void
  /** The token that lets the peer recognise a reset from us when we have forgotten the connection. */
  resetToken(id: Uint8Array): Uint8Array
}

/** Ids we issued. */
export class LocalIds {
  readonly #registry: IdRegistry
  readonly #random: Random
  readonly #active = new Map<number, Uint8Array>()
  #nextSequence = 0
  #toldFirst = false

  constructor(first: Uint8Array, random: Random, registry: IdRegistry) {
    this.#registry = registry
    this.#random = random
    this.#issue(first)
  }

  #issue(id: Uint8Array): number {
    const sequence = this.#nextSequence++
    this.#active.set(sequence, id)
    this.#registry.add(id)
    return sequence
  }

  /** Issues as many as the peer takes; returns the new ones. */
  replenish(peerLimit: number): { sequence: number; id: Uint8Array; resetToken: Uint8Array }[] {
    const issued = []
    // The first one went without its token: the handshake has no place for it.
    const first = this.#active.get(0)
    if (first && !this.#toldFirst)
      issued.push({ sequence: 0, id: first, resetToken: this.#registry.resetToken(first) })
    this.#toldFirst = true
    while (this.#active.size < Math.min(peerLimit, MOST_LOCAL)) {
      const id = this.#random.fill(new Uint8Array(CONNECTION_ID_LENGTH))
      const sequence = this.#issue(id)
      issued.push({ sequence, id, resetToken: this.#registry.resetToken(id) })
    }
    return issued
  }

  has(sequence: number): boolean {
    return this.#active.has(sequence)
  }

  retire(sequence: number): boolean {
    if (sequence >= this.#nextSequence)
      throw new QuantumError('quantum.protocol_violation', 'An id was retired that was never issued.')
    const id = this.#active.get(sequence)
    if (!id) return false
    this.#active.delete(sequence)
    this.#registry.remove(id)
    return true
  }

  close(): void {
    for (const id of this.#active.values()) this.#registry.remove(id)
    this.#active.clear()
  }
}

interface RemoteId {
  sequence: number
  id: Uint8Array
  resetToken: Uint8Array | undefined
}

/** Ids the peer issued: the one in use, and spares for other paths. */
export class RemoteIds {
  #current: RemoteId
  #spare: RemoteId[] = []
  #retiredBelow = 0
  readonly #limit: number

  constructor(first: Uint8Array, limit: number) {
    this.#current = { sequence: 0, id: first, resetToken: undefined }
    this.#limit = limit
  }

  get current(): Uint8Array {
    return this.#current.id
  }

  /** During the handshake: the server's own choice, or that of a Retry. */
  replaceFirst(id: Uint8Array): void {
    this.#current = { sequence: 0, id: id.slice(), resetToken: undefined }
  }

  /** Returns the sequence numbers to be retired. */
  onNew(sequence: number, retirePriorTo: number, id: Uint8Array, resetToken: Uint8Array): number[] {
    const known = [this.#current, ...this.#spare].find((entry) => entry.sequence === sequence)
    if (known) {
      known.resetToken ??= resetToken.slice()
      return []
    }
    if (sequence < this.#retiredBelow) return [sequence]
    this.#spare.push({ sequence, id: id.slice(), resetToken: resetToken.slice() })
    this.#retiredBelow = Math.max(this.#retiredBelow, retirePriorTo)
    const retired = this.#spare.filter((entry) => entry.sequence < this.#retiredBelow)
    this.#spare = this.#spare.filter((entry) => entry.sequence >= this.#retiredBelow)
    const retire = retired.map((entry) => entry.sequence)
    if (this.#current.sequence < this.#retiredBelow) retire.push(...this.change())
    if (this.#spare.length + 1 > this.#limit)
      throw new QuantumError('quantum.protocol_violation', 'The peer issued more ids than it may.')
    return retire
  }

  /** Turns to a fresh id, for a new path; returns what to retire: nothing when there is no spare id. */
  change(): number[] {
    const next = this.#spare.shift()
    if (!next) return []
    const { sequence } = this.#current
    this.#current = next
    return [sequence]
  }

  isReset(token: Uint8Array): boolean {
    return [this.#current, ...this.#spare].some(
      ({ resetToken }) => resetToken?.every((byte, i) => byte === token[i]) ?? false,
    )
  }
}
