import { BlockStorage, Responder } from '@stoa/reconcile'
import { encodeCanonical, type ReadRecord } from '@stoa/records'
import { toBytes, toHex } from '../../hex.ts'
import {
  decodeSyncRequest,
  encodeHello,
  encodePart,
  encodeRecords,
  type Hello,
  type SyncRequest,
} from '../wire.ts'

/** What a node answers that compares what others hold with what is there. */
export type SyncBehaviour = (request: SyncRequest) => Uint8Array | Promise<Uint8Array>

export interface Held {
  readonly id: string
  readonly createdAt: number
  readonly bytes: Uint8Array
}

export const heldOf = ({ id, bytes, record: { createdAt } }: ReadRecord): Held => ({ id, bytes, createdAt })

/** A node that says it holds these records, and brings them; where it differs from that, `but` says how. */
export function recordHolder(
  records: readonly Held[],
  but: { hello?: Partial<Hello>; on?: Partial<Record<SyncRequest['op'], SyncBehaviour>> } = {},
): SyncBehaviour {
  const index = new BlockStorage()
  for (const { id, createdAt } of records) index.insert(Math.floor(createdAt / 1000), toBytes(id))
  let responder: Responder | undefined
  let session: number | undefined
  const honest: SyncBehaviour = (request) => {
    switch (request.op) {
      case 'hello': {
        const fingerprint = toHex(index.fingerprint(0, index.size))
        const own: Hello = { records: index.size, fingerprint, nodeAuthor: 'b2'.repeat(32), reaches: [] }
        return encodeHello({ ...own, ...but.hello })
      }
      case 'reconcile':
        if (session !== request.session || !responder) responder = new Responder(index)
        session = request.session
        return encodeCanonical({ message: responder.respond(request.message) })
      case 'records':
        return encodeRecords(records.filter(({ id }) => request.ids.includes(id)).map(({ bytes }) => bytes))
      case 'range': {
        const low = index.lowerBound(request.from, 0)
        const count = index.lowerBound(request.to, low) - low
        const ids = Array.from({ length: count }, (_, n) => toHex(index.idAt(low + count - 1 - n)))
        const part = ids.flatMap((one) => records.find(({ id }) => id === one)?.bytes ?? [])
        return encodePart({ records: part, left: 0, next: null })
      }
      case 'push':
        return encodeCanonical({ taken: request.records.length })
      case 'reaches':
        return encodeCanonical({ taken: request.reaches.length })
    }
  }
  return (request) => (but.on?.[request.op] ?? honest)(request)
}

/** The same over bytes. */
export const answersSync =
  (behave: SyncBehaviour) =>
  async (body: Uint8Array): Promise<Uint8Array> =>
    behave(decodeSyncRequest(body))
