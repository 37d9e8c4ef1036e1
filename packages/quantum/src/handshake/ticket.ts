import type { Random } from '@stoa/kernel'
import { Aead, type CryptoSuite, type PacketKey } from '../crypto/suite.ts'
import { TAG_LENGTH } from '../wire/constants.ts'
import { readParameters, type TransportParameters, writeParameters } from '../wire/parameters.ts'
import { Reader, writeBytes, writeVarint } from '../wire/varint.ts'

/** What the server remembers of a connection; it travels sealed, with the client. */
export interface TicketState {
  id: Uint8Array
  secret: Uint8Array
  suite: Aead
  /** Engine time in milliseconds when the ticket ends. */
  expiresAt: number
  /** Who the client was, as the application called it. */
  principal: Uint8Array
  /** The limits the client was told: data sent early keeps to them. */
  parameters: TransportParameters
}

export interface TicketOptions {
  crypto: CryptoSuite
  random: Random
  /** Milliseconds a ticket is good for. */
  lifetime?: number
  /** Tickets with early data that are remembered as used; when it is full, early data is refused until some expire. */
  memory?: number
}

const LIFETIME = 12 * 3600_000
const MEMORY = 100_000

/**
 * Issues and redeems tickets. The key lives and dies with this object, and so does the memory of tickets that carried
 * early data: each one does so at most once (SPEC RES-3), also across restarts, because an old key opens nothing.
 */
export class Tickets {
  readonly lifetime: number
  readonly #random: Random
  readonly #memory: number
  readonly #keys: Sealer
  /** Used tickets by id, in order of use; values: when they expire. */
  readonly #used = new Map<string, number>()

  constructor(options: TicketOptions) {
    this.lifetime = options.lifetime ?? LIFETIME
    this.#random = options.random
    this.#memory = options.memory ?? MEMORY
    this.#keys = new Sealer(options.crypto, options.random)
  }

  issue(state: Omit<TicketState, 'id' | 'expiresAt'>, now: number): Uint8Array {
    const out = new Uint8Array(16 + 32 + 1 + 8 + 8 + state.principal.length + 200)
    let at = writeBytes(out, 0, this.#random.fill(new Uint8Array(16)))
    at = writeBytes(out, at, state.secret)
    out[at++] = state.suite
    at = writeVarint(out, at, Math.floor(now + this.lifetime))
    at = writeBytes(out, writeVarint(out, at, state.principal.length), state.principal)
    return this.#keys.seal(out.subarray(0, writeParameters(out, at, state.parameters)))
  }

  open(ticket: Uint8Array, now: number): TicketState | undefined {
    const plain = this.#keys.open(ticket)
    if (!plain) return undefined
    const read = new Reader(plain)
    const id = read.take(16)
    const secret = read.take(32)
    const suite = read.uint8() === Aead.aes256Gcm ? Aead.aes256Gcm : Aead.chacha20Poly1305
    const expiresAt = read.varint()
    if (expiresAt <= now) return undefined
    const principal = read.take(read.varint())
    return { id, secret, suite, expiresAt, principal, parameters: readParameters(read) }
  }

  /** Claims the one right of a ticket to carry early data. */
  mayCarryData(state: TicketState, current: TransportParameters, now: number): boolean {
    const shrunk = (
      ['maxData', 'maxStreamData', 'maxStreamsBidi', 'maxStreamsUni', 'maxDatagram'] as const
    ).some((name) => current[name] < state.parameters[name])
    const key = String.fromCharCode(...state.id)
    if (shrunk || this.#used.has(key)) return false
    if (this.#used.size >= this.#memory) this.#forgetExpired(now)
    if (this.#used.size >= this.#memory) return false
    this.#used.set(key, state.expiresAt)
    return true
  }

  #forgetExpired(now: number): void {
    for (const [key, expiresAt] of this.#used) if (expiresAt <= now) this.#used.delete(key)
  }
}

/** Seals small things for its own later eyes; each under a fresh random key derived for it, so that no nonce repeats. */
export class Sealer {
  readonly #crypto: CryptoSuite
  readonly #random: Random
  readonly #secret: Uint8Array

  constructor(crypto: CryptoSuite, random: Random) {
    this.#crypto = crypto
    this.#random = random
    this.#secret = random.fill(new Uint8Array(32))
  }

  seal(plain: Uint8Array): Uint8Array {
    const out = new Uint8Array(16 + plain.length + TAG_LENGTH)
    const salt = this.#random.fill(out.subarray(0, 16))
    out.set(plain, 16)
    this.#key(salt).seal(0, out, 0, 16, 16 + plain.length)
    return out
  }

  open(sealed: Uint8Array): Uint8Array | undefined {
    if (sealed.length < 16 + TAG_LENGTH) return undefined
    const copy = sealed.slice()
    if (!this.#key(copy.subarray(0, 16)).open(0, copy, 0, 16, copy.length)) return undefined
    return copy.subarray(16, copy.length - TAG_LENGTH)
  }

  #key(salt: Uint8Array): PacketKey {
    const key = this.#crypto.hmacSha256(this.#secret, salt)
    return this.#crypto.packetKey(Aead.chacha20Poly1305, key, new Uint8Array(12))
  }
}
