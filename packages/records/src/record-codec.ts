import { sha256 } from '@noble/hashes/sha2.js'
import { fromHex, toHex } from './bytes.ts'
import { decodeCanonical, encodeCanonical, type Plain } from './canonical.ts'
import { malformed, RecordError } from './errors.ts'
import { Fields } from './fields.ts'
import type { Hash, ReadRecord, RecordBody, RecordEnvelope } from './record.ts'
import { bodyPlain, MAX_HEADS, RECORD_KINDS, readBody } from './record-body.ts'
import { portableSignatures, publicKeyOf, type SignatureScheme } from './signature.ts'

/** Largest record, in bytes (FORM-2). */
export const RECORD_BYTES = 16_384
/** How far ahead of the moment of receipt a record may be dated (TIME-1). */
export const MAX_SKEW_MS = 5 * 60_000
const DOMAIN = new TextEncoder().encode('aegis/record/1\0')
const SIGNATURE_BYTES = 64

/** Who signs: an author with the key in force. Keep `id` and `secretKey`; together they are the whole of it (KEY-1). */
export interface Author {
  readonly id: Hash
  readonly secretKey: Uint8Array
  readonly publicKey: Uint8Array
}

/** The author that a key makes; with `id`, the author of that id after a rotation to this key. */
export function authorOf(secretKey: Uint8Array, id?: Hash): Author {
  const publicKey = publicKeyOf(secretKey)
  return { id: id ?? toHex(sha256(publicKey)), secretKey, publicKey }
}

/** Signs a record. Throws `record.malformed` for what no reader would take. */
export function issueRecord(
  author: Author,
  envelope: Pick<RecordEnvelope, 'board' | 'createdAt' | 'after'>,
  body: RecordBody,
  signatures: SignatureScheme = portableSignatures,
): ReadRecord {
  const unsigned = {
    ...bodyPlain(body),
    v: 1,
    board: envelope.board === null ? null : fromHex(envelope.board),
    author: fromHex(author.id),
    key: author.publicKey,
    created_at: envelope.createdAt,
    after: envelope.after.toSorted().map(fromHex),
  }
  const sig = signatures.sign(signedBytes(unsigned), author.secretKey)
  return readRecord(encodeCanonical({ ...unsigned, sig }), signatures)
}

/** Reads bytes from anywhere: form, then signature. What the record may do is the fold's to say. */
export function readRecord(bytes: Uint8Array, signatures: SignatureScheme = portableSignatures): ReadRecord {
  const { read, sig, message, key } = readForm(bytes)
  if (!signatures.verify(sig, message, key)) throw badSignature()
  return read
}

/** The same, the signature verified on another thread where the scheme can do that. */
export async function readRecordElsewhere(
  bytes: Uint8Array,
  signatures: SignatureScheme,
): Promise<ReadRecord> {
  if (!signatures.verifyElsewhere) return readRecord(bytes, signatures)
  const { read, sig, message, key } = readForm(bytes)
  if (!(await signatures.verifyElsewhere(sig, message, key))) throw badSignature()
  return read
}

const badSignature = () =>
  new RecordError('record.bad_signature', 'The signature is not of the key that the record names.')

/** A record as its bytes say it, and what its signature is to be verified with. */
interface Form {
  readonly read: ReadRecord
  readonly sig: Uint8Array
  readonly message: Uint8Array
  readonly key: Uint8Array
}

function readForm(bytes: Uint8Array): Form {
  const plain = decodeCanonical(bytes, RECORD_BYTES)
  const fields = new Fields(plain, 'record')
  fields.number('v', 1, 1)
  const kind = fields.oneOf('kind', RECORD_KINDS)
  const keyBytes = fields.bytes('key', 32)
  const sig = fields.bytes('sig', SIGNATURE_BYTES)
  const envelope = {
    board: readBoard(fields.take('board')),
    author: fields.hash('author'),
    key: toHex(keyBytes),
    createdAt: fields.number('created_at', Number.MAX_SAFE_INTEGER - 1),
    after: fields.hashes('after', MAX_HEADS),
  }
  const record = { ...readBody(fields, kind), ...envelope }
  fields.end()
  const byFirstKey = toHex(sha256(keyBytes)) === record.author
  checkBeginning(kind, envelope, byFirstKey)
  const message = signedBytes(plain as { readonly [name: string]: Plain })
  const read = { id: toHex(sha256(bytes)), bytes, record, byFirstKey }
  return { read, sig, message, key: keyBytes }
}

/** Throws `record.from_future` when a record is dated too far ahead; it may be offered again later (TIME-1). */
export function checkReceipt({ record }: ReadRecord, receivedAt: number): void {
  if (record.createdAt > receivedAt + MAX_SKEW_MS)
    throw new RecordError(
      'record.from_future',
      `Dated ${Math.round((record.createdAt - receivedAt) / 1000)} s ahead.`,
    )
}

/** The time to date a new record with: now, but later than everything it refers to (TIME-2). */
export function nextTime(now: number, refersTo: readonly ReadRecord[]): number {
  return refersTo.reduce((time, { record }) => Math.max(time, record.createdAt + 1), now)
}

function signedBytes({ sig: _, ...body }: { readonly [name: string]: Plain }): Uint8Array {
  const encoded = encodeCanonical(body)
  const message = new Uint8Array(DOMAIN.length + encoded.length)
  message.set(DOMAIN)
  message.set(encoded, DOMAIN.length)
  return message
}

function readBoard(value: Plain): Hash | null {
  if (value === null) return null
  if (!(value instanceof Uint8Array) || value.length !== 32) throw malformed('record.board is no hash.')
  return toHex(value)
}

/** A board is begun by a first key and out of nothing; everything else belongs to a board (KIND-2). */
function checkBeginning(
  kind: string,
  { board, after }: { board: Hash | null; after: readonly Hash[] },
  byFirstKey: boolean,
): void {
  if ((kind === 'board') !== (board === null))
    throw malformed('A board begins, everything else belongs to one.')
  if (kind === 'board' && (after.length > 0 || !byFirstKey))
    throw malformed('A board begins with its owner’s first key.')
}
