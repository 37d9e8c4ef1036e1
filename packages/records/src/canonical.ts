import { decode, encode } from 'cborg'
import { sameBytes } from './bytes.ts'
import { malformed, RecordError } from './errors.ts'

/** What messages are made of: no floats, no tags, no undefined (FORM-1). */
export type Plain =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | readonly Plain[]
  | { readonly [name: string]: Plain }

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
  useMaps: false,
}

/** The one canonical form: deterministic CBOR, map keys by length, then bytes (FORM-1). */
export function encodeCanonical(value: Plain): Uint8Array {
  return encode(value)
}

/** Reads canonical bytes and nothing else (FORM-2). */
export function decodeCanonical(bytes: Uint8Array, maxBytes: number): Plain {
  if (bytes.length > maxBytes)
    throw new RecordError('record.too_large', `${bytes.length} bytes of ${maxBytes}.`)
  let value: Plain
  try {
    value = decode(bytes, STRICT)
  } catch (cause) {
    throw malformed('The bytes are no CBOR of the strict kind.', cause)
  }
  if (!isPlain(value)) throw malformed('The message holds a value of a kind that messages have not.')
  if (!sameBytes(encodeCanonical(value), bytes))
    throw new RecordError('record.not_canonical', 'The bytes are not in their canonical form.')
  return value
}

function isPlain(value: unknown): value is Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (value instanceof Uint8Array) return true
  if (typeof value !== 'object') return false
  return (Array.isArray(value) ? value : Object.values(value)).every(isPlain)
}
