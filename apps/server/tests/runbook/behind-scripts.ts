import { createHash } from 'node:crypto'
import { authorOf, encodeCanonical, issueRecord } from '@stoa/records'
import {
  type Held,
  heldOf,
  recordHolder,
  type SyncBehaviour,
} from '@stoa/server/capabilities/boards/plane/testing/record-holder.ts'
import { type Script, silent } from '@stoa/server/capabilities/boards/plane/testing/scripted-node.ts'
import { encodePart, encodeRecords } from '@stoa/server/capabilities/boards/plane/wire.ts'
import { nativeSignatures } from '@stoa/server/capabilities/boards/signatures.ts'

/** A board that began at this time. */
export function board(createdAt: number, title = 'There'): Held {
  const author = authorOf(new Uint8Array(32).fill(9))
  const head = { board: null, createdAt, after: [] }
  return heldOf(issueRecord(author, head, { kind: 'board', title, access: 'open' }, nativeSignatures()))
}

/** A record whose signature is of something else. */
function forged(createdAt: number, title: string): Held {
  const bytes = board(createdAt, title).bytes.slice()
  bytes.set([(bytes.at(-1) ?? 0) ^ 1], bytes.length - 1)
  return { createdAt, bytes, id: createHash('sha256').update(bytes).digest('hex') }
}

/** Another one whenever it is compared with. */
function forging(createdAt: number): SyncBehaviour {
  const held: Held[] = []
  let holder = recordHolder(held)
  return (request) => {
    if (request.op === 'hello') {
      held.push(forged(createdAt, `Forged ${held.length}`))
      holder = recordHolder(held)
    }
    return holder(request)
  }
}

/** Records that nobody has. */
const invented = (count: number): Held[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: createHash('sha256').update(`${n}`).digest('hex'), createdAt: 1_790_000_000_000 + n },
    bytes: new Uint8Array(),
  }))

const only = (sync: SyncBehaviour): Script => ({ sync })
const claiming = (count: number): Script =>
  only(
    recordHolder(invented(count), {
      on: {
        records: () => encodeRecords([]),
        range: () => encodePart({ records: [], left: 0, next: null }),
      },
    }),
  )

/** Nodes with which comparing ends in an error, by its code. `now`: the time there. */
export const FAULTY: Readonly<Record<string, (now: number) => Script>> = {
  'peers.timeout': () => only(silent),
  'peers.not_supported': () => ({}),
  'peers.refused': () =>
    only(() => {
      throw new Error('Its database is gone.')
    }),
  'peers.busy': () => ({ ...only(recordHolder([])), atOnce: 0 }),
  'peers.too_large': () => only(() => new Uint8Array(2_000_000)),
  'sync.malformed': () => only(() => new TextEncoder().encode('?')),
  'sync.not_asked': (now) =>
    only(recordHolder([board(now)], { on: { records: () => encodeRecords([board(now, 'Other').bytes]) } })),
  'sync.forged': (now) => only(forging(now)),
  'sync.undelivered': () => claiming(1100),
  'sync.incomplete': () => claiming(1),
  'reconcile.malformed_message': (now) => {
    const reconcile = () => encodeCanonical({ message: Uint8Array.of(0x61, 0xff) })
    return only(recordHolder([board(now)], { on: { reconcile } }))
  },
}
