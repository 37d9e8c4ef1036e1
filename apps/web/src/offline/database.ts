import type { components } from '@stoa/contracts'
import { changedEntry, type Entry, type OutboxStorage, type PendingMessage, revisionOf } from '@stoa/sdk'
import { Dexie, type Table } from 'dexie'
import type { Collision } from '../screens/documents/collisions/find-collisions.ts'
import type { Book, BookFile, LocalHighlight, LocalNote, Place, Write } from './types.ts'

/** A book kept on this device. */
export interface KeptBook {
  readonly id: string
  readonly book: Book
  /** Digest of the file that is kept; absent: only what is said about the book. */
  readonly sha256?: string
  readonly format?: BookFile['format']
  /** Kept until the person lets go of it; others make room when the device is full. */
  readonly pinned: boolean
  /** Milliseconds. */
  readonly openedAt: number
}

export interface KeptFile {
  readonly sha256: string
  readonly blob: Blob
  readonly size: number
}

export interface KeptPlace {
  readonly bookId: string
  readonly place?: Place
  /** Of the places of other devices those up to this moment were offered, and taken or not. ISO 8601. */
  readonly decided?: string
}

/** A message that the server has not confirmed. */
export interface KeptMessage {
  readonly id: string
  readonly roomId: string
  readonly pending: PendingMessage
}

/** What the server said last, by what it was asked for. */
export interface KeptAnswer {
  readonly key: string
  readonly value: unknown
}

/** What is known of a document without its text. */
type DocumentInfo = components['schemas']['Document']

/** A document of which this device has a copy. */
export interface KeptDocument {
  readonly id: string
  /** There are edits in it that the server may not have. */
  readonly unsaved: boolean
}

/** A Yjs update of a document; applied in any order they give the document. */
export interface KeptUpdate {
  readonly seq?: number
  readonly documentId: string
  readonly update: Uint8Array
  /** The server has it. */
  readonly settled: boolean
}

/** A paragraph that was changed here without the server, and elsewhere at the same time; until somebody has decided. */
export interface KeptCollision extends Collision {
  readonly id: string
  readonly documentId: string
  /** Milliseconds. */
  readonly at: number
}

/** Everything one account keeps of one organisation on this device. */
export class OfflineDatabase extends Dexie {
  declare highlights: Table<LocalHighlight, string>
  declare notes: Table<LocalNote, string>
  declare places: Table<KeptPlace, string>
  declare books: Table<KeptBook, string>
  declare files: Table<KeptFile, string>
  declare outbox: Table<Entry<Write>, number>
  declare messages: Table<KeptMessage, string>
  declare answers: Table<KeptAnswer, string>
  declare documents: Table<KeptDocument, string>
  declare documentUpdates: Table<KeptUpdate, number>
  declare documentInfos: Table<DocumentInfo, string>
  declare collisions: Table<KeptCollision, string>
  declare facts: Table<{ readonly key: string; readonly value: string }, string>

  constructor(accountId: string, tenantId: string) {
    super(`stoa-${accountId}-${tenantId}`)
    this.version(1).stores({
      highlights: 'id, book_id, updated_at',
      notes: 'id, book_id, updated_at',
      places: 'bookId',
      books: 'id, openedAt, sha256',
      files: 'sha256',
      outbox: '++seq, target, state',
      facts: 'key',
    })
    this.version(2).stores({ messages: 'id, roomId' })
    this.version(3).stores({ answers: 'key' })
    this.version(4).stores({
      documents: 'id',
      documentUpdates: '++seq, documentId',
      documentInfos: 'id',
      collisions: 'id, documentId',
    })
  }
}

/** The outbox in IndexedDB: an entry is durable when its transaction has completed. */
export function outboxStorage(database: OfflineDatabase): OutboxStorage<Write> {
  const { outbox } = database
  /** In one transaction of the browser's, which other tabs wait for. */
  const changeEntry = (
    seq: number,
    revision: number | undefined,
    change: (entry: Entry<Write>) => Entry<Write> | undefined,
  ): Promise<boolean> =>
    database.transaction('rw', outbox, async () => {
      const entry = await outbox.get(seq)
      if (!entry || (revision !== undefined && revision !== revisionOf(entry))) return false
      const changed = change(entry)
      await (changed ? outbox.put(changed) : outbox.delete(seq))
      return true
    })
  return {
    async add(entry) {
      const seq = (await outbox.add(entry as Entry<Write>)) as number
      return { ...entry, seq }
    },
    update: (seq, change, revision) => changeEntry(seq, revision, (entry) => changedEntry(entry, change)),
    remove: (seq, revision) => changeEntry(seq, revision, () => undefined),
    all: () => outbox.orderBy('seq').toArray(),
  }
}
