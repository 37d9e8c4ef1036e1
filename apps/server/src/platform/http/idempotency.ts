import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Tx } from '../database/database.ts'
import type { ContractOperation } from './document.ts'
import { InvalidRequest, idempotencyMismatch } from './errors.ts'
import {
  claimKey,
  findReply,
  type IdempotencyClaim,
  type StoredReply,
  storeReply,
} from './idempotency.store.ts'
import type { ValidRequest } from './validator.ts'

/** The claim of a request, if it carries an `Idempotency-Key`. @throws InvalidRequest */
export function claimOf(
  operation: ContractOperation,
  key: string | undefined,
  input: ValidRequest,
): IdempotencyClaim | undefined {
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new InvalidRequest([
      { pointer: '#/header/idempotency-key', message: 'must be 1 to 255 visible ASCII characters' },
    ])
  }
  const { params, query, body } = input
  const text = JSON.stringify(
    [operation.id, params, query, body instanceof Readable ? null : body],
    (_, value: unknown) => sorted(value),
  )
  return { key, operation: operation.id, fingerprint: createHash('sha256').update(text).digest('hex') }
}

/**
 * Runs `run` once for its claim. The claim is a row written first in the caller's transaction: a duplicate that comes
 * meanwhile waits for that transaction, then finds the reply (it committed) or takes its place (it rolled back).
 * @throws Problem 422 `idempotency.mismatch`
 */
export async function once<T extends StoredReply>(
  tx: Tx,
  claim: IdempotencyClaim,
  run: (tx: Tx) => Promise<T>,
): Promise<{ reply: T | StoredReply; replayed: boolean }> {
  if (await claimKey(tx, claim)) {
    const reply = await run(tx)
    storeReply(tx, claim.key, reply)
    return { reply, replayed: false }
  }
  const stored = await findReply(tx, claim.key)
  if (stored.fingerprint !== claim.fingerprint) throw idempotencyMismatch()
  return { reply: stored.reply, replayed: true }
}

/** Objects with their keys in order, so that equal inputs give equal text. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
