import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Append, LoggedOperation } from './store.ts'

type Bare = Pick<LoggedOperation, 'userId' | 'update'>

/** One row of the log: the authors once, then each operation with the number of its author. */
export function encodeOperations(operations: Append['operations']): Uint8Array {
  const authors = [...new Set(operations.map(({ userId }) => userId))]
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, authors.length)
  for (const author of authors) encoding.writeVarString(encoder, author)
  encoding.writeVarUint(encoder, operations.length)
  for (const { userId, update } of operations) {
    encoding.writeVarUint(encoder, authors.indexOf(userId))
    encoding.writeVarUint8Array(encoder, update)
  }
  return encoding.toUint8Array(encoder)
}

export function decodeOperations(bytes: Uint8Array): readonly Bare[] {
  const decoder = decoding.createDecoder(bytes)
  const authors = Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarString(decoder))
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    userId: authors[decoding.readVarUint(decoder)] ?? '',
    update: decoding.readVarUint8Array(decoder),
  }))
}
