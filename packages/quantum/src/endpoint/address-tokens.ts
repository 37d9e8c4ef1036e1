import type { Address } from '../connection/path.ts'
import type { Sealer } from '../handshake/ticket.ts'
import { Reader, writeBytes, writeVarint } from '../wire/varint.ts'

/** What an address token proves. */
export interface AddressProof {
  /** The client's first destination id, when the token came with a Retry. */
  originalId: Uint8Array | undefined
}

const RETRY_LIFETIME = 10_000
const LATER_LIFETIME = 24 * 3600_000
const encoder = new TextEncoder()

/**
 * Tokens that prove that a client receives what is sent to its address (SPEC ADR-*): short ones in a Retry, bound to the ids of
 * that Retry, and long ones for its next connection, bound to the address without the port.
 */
export class AddressTokens {
  readonly #sealer: Sealer

  constructor(sealer: Sealer) {
    this.#sealer = sealer
  }

  forRetry(address: Address, ids: { original: Uint8Array; retry: Uint8Array }, now: number): Uint8Array {
    const place = encoder.encode(`${address.address} ${address.port}`)
    return this.#seal(1, now + RETRY_LIFETIME, [place, ids.retry, ids.original])
  }

  forLater(address: Address, now: number): Uint8Array {
    return this.#seal(2, now + LATER_LIFETIME, [encoder.encode(address.address)])
  }

  #seal(kind: number, expiresAt: number, parts: readonly Uint8Array[]): Uint8Array {
    const out = new Uint8Array(9 + parts.reduce((sum, part) => sum + part.length + 1, 0))
    out[0] = kind
    let at = writeVarint(out, 1, Math.floor(expiresAt))
    for (const part of parts) {
      out[at] = part.length
      at = writeBytes(out, at + 1, part)
    }
    return this.#sealer.seal(out.subarray(0, at))
  }

  /** `calledId`: the destination of the packet that brought the token. */
  check(token: Uint8Array, address: Address, calledId: Uint8Array, now: number): AddressProof | undefined {
    const plain = token.length > 0 && token.length < 512 ? this.#sealer.open(token) : undefined
    if (!plain) return undefined
    const read = new Reader(plain)
    const retry = read.uint8() === 1
    if (read.varint() <= now) return undefined
    const place = retry ? `${address.address} ${address.port}` : address.address
    if (!same(read.take(read.uint8()), encoder.encode(place))) return undefined
    if (!retry) return { originalId: undefined }
    if (!same(read.take(read.uint8()), calledId)) return undefined
    return { originalId: read.take(read.uint8()) }
  }
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])
