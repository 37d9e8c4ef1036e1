/** Keys of members and of the node: made when first needed, sealed in the database, never forgotten. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Clock, Random } from '@stoa/kernel'
import { type Author, authorOf } from '@stoa/records'
import type { Tx } from '../../platform/database/database.ts'
import { toHex } from './hex.ts'
import { insertKey, type KeyRow, keysOfAccount } from './store/keys.ts'

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** An author and all keys that they had, the one in force last. */
export interface Keyring {
  readonly authorId: string
  readonly keys: readonly Author[]
  readonly createdAt: Date
}

export class KeyKeeper {
  readonly #secret: Uint8Array
  readonly #clock: Clock
  readonly #random: Random

  /** `secret`: 32 bytes that stay the same. */
  constructor({ secret, clock, random }: { secret: Uint8Array; clock: Clock; random: Random }) {
    this.#secret = secret
    this.#clock = clock
    this.#random = random
  }

  /** The keys of an account, or of the node itself (null); the first one is made when there is none. */
  async keyring(tx: Tx, tenantId: string, accountId: string | null): Promise<Keyring> {
    let rows = await keysOfAccount(tx, accountId)
    if (rows.length === 0) {
      await this.#add(tx, tenantId, accountId, undefined, 0)
      rows = await keysOfAccount(tx, accountId)
    }
    return this.#open(tenantId, rows)
  }

  /** One key more, from now on the one in force. */
  async rotate(tx: Tx, tenantId: string, accountId: string): Promise<Keyring> {
    const { authorId, keys } = await this.keyring(tx, tenantId, accountId)
    await this.#add(tx, tenantId, accountId, authorId, keys.length)
    return this.keyring(tx, tenantId, accountId)
  }

  async #add(
    tx: Tx,
    tenantId: string,
    accountId: string | null,
    authorId: string | undefined,
    ordinal: number,
  ) {
    const secretKey = this.#random.fill(new Uint8Array(32))
    const author = authorOf(secretKey, authorId)
    await insertKey(tx, tenantId, accountId, {
      author_id: author.id,
      ordinal,
      public_key: toHex(author.publicKey),
      sealed_key: this.#seal(secretKey, `${tenantId} ${author.id} ${ordinal}`),
      created_at: new Date(this.#clock.now()),
    })
  }

  #open(tenantId: string, rows: readonly KeyRow[]): Keyring {
    const [first] = rows
    if (!first) throw new TypeError('A key that was just made is there.')
    const keys = rows.map(({ author_id, ordinal, sealed_key }) =>
      authorOf(this.#unseal(sealed_key, `${tenantId} ${author_id} ${ordinal}`), author_id),
    )
    return { authorId: first.author_id, keys, createdAt: rows.at(-1)?.created_at ?? first.created_at }
  }

  #seal(bytes: Uint8Array, purpose: string): Buffer {
    const nonce = this.#random.fill(new Uint8Array(NONCE))
    const cipher = createCipheriv(CIPHER, this.#secret, nonce).setAAD(Buffer.from(purpose))
    return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }

  #unseal(sealed: Buffer, purpose: string): Uint8Array {
    const decipher = createDecipheriv(CIPHER, this.#secret, sealed.subarray(0, NONCE)).setAAD(
      Buffer.from(purpose),
    )
    decipher.setAuthTag(sealed.subarray(-TAG))
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]))
  }
}
