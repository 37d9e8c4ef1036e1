import type { Connection } from '../connection/connection.ts'
import { CONNECTION_ID_LENGTH } from '../wire/constants.ts'

/** Which connection a packet is for, by its destination id. */
export class Routes {
  /** By ids that we issued: random, so that 53 bits of them are enough to find and authentication does the rest. */
  readonly #own = new Map<number, Connection>()
  /** By ids that clients made up for their first packets: whole, because a stranger chose them. */
  readonly #initial = new Map<string, Connection>()

  find(id: Uint8Array): Connection | undefined {
    const own = id.length === CONNECTION_ID_LENGTH ? this.#own.get(keyOf(id)) : undefined
    return own ?? (this.#initial.size > 0 ? this.#initial.get(textOf(id)) : undefined)
  }

  add(id: Uint8Array, connection: Connection): void {
    this.#own.set(keyOf(id), connection)
  }

  remove(id: Uint8Array): void {
    this.#own.delete(keyOf(id))
  }

  addInitial(id: Uint8Array, connection: Connection): void {
    this.#initial.set(textOf(id), connection)
  }

  removeInitial(id: Uint8Array): void {
    this.#initial.delete(textOf(id))
  }

  get size(): number {
    return this.#own.size + this.#initial.size
  }
}

function keyOf(id: Uint8Array): number {
  const high = ((id[0]! << 24) | (id[1]! << 16) | (id[2]! << 8) | id[3]!) >>> 0
  const low = (id[4]! << 13) | (id[5]! << 5) | (id[6]! >> 3)
  return high * 0x20_0000 + low
}

const textOf = (id: Uint8Array): string => String.fromCharCode(...id)
