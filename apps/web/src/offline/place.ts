import { systemClock } from '@stoa/kernel'
import { type Entry, Outbox, type OutboxSummary } from '@stoa/sdk'
import { session } from '../data/browser-session.ts'
import { syncStatus } from '../data/sync.ts'
import { Annotations } from './annotations.ts'
import { combineWrites } from './combine.ts'
import { type KeptPlace, OfflineDatabase, outboxStorage } from './database.ts'
import { BookFiles } from './files.ts'
import { keepLeft, recoverLeft } from './left-places.ts'
import { sendWrite } from './send.ts'
import { type Place, targetOf, type Write } from './types.ts'

/** What one account keeps of one organisation on this device, and how it reaches the server. */
export interface OfflinePlace {
  readonly database: OfflineDatabase
  readonly annotations: Annotations
  readonly files: BookFiles
  readonly outbox: Outbox<Write>
  /** Keeps a write; it goes to the server now or when that can be reached. Resolves once it is kept. */
  write(write: Write): Promise<void>
  /** Keeps where one is in a book; nothing is lost when the page goes away meanwhile. */
  keepPosition(bookId: string, place: Place): Promise<void>
  /** Where one stopped in a book on this device. */
  position(bookId: string): Promise<Place | undefined>
  /** Up to which moment places of other devices need not be offered any more; empty: none was. */
  decided(bookId: string): Promise<string>
  decide(bookId: string, until: string): Promise<void>
  /** Sends what waits, then fetches what others did. */
  sync(signal?: AbortSignal): Promise<void>
  close(): Promise<void>
}

export function openPlace(who: { accountId: string; tenantId: string; displayName: string }): OfflinePlace {
  const database = new OfflineDatabase(who.accountId, who.tenantId)
  const saved = {
    highlight: (row: Parameters<Annotations['savedHighlight']>[0]) => annotations.savedHighlight(row),
    note: (row: Parameters<Annotations['savedNote']>[0]) => annotations.savedNote(row),
  }
  const outbox = new Outbox<Write>({
    storage: outboxStorage(database),
    clock: systemClock,
    combine: combineWrites,
    send: (write: Write, entry: Entry<Write>) => sendWrite(write, entry, saved),
    onChange: (summary) => report(summary, outbox),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  })
  const write = (one: Write) => outbox.add(targetOf(one), one)
  const annotations = new Annotations(database, who, write)
  const keepOf = async (bookId: string, part: Omit<KeptPlace, 'bookId'>) => {
    if ((await database.places.update(bookId, part)) === 0) await database.places.put({ bookId, ...part })
  }
  const putPosition = async (bookId: string, place: Place) => {
    await keepOf(bookId, { place })
    await write({ kind: 'position', bookId, place })
  }
  const recover = () => recoverLeft(database, putPosition)
  return {
    database,
    annotations,
    files: new BookFiles(database),
    outbox,
    write,
    async keepPosition(bookId, place) {
      const forget = keepLeft(database, bookId, place)
      await putPosition(bookId, place)
      forget()
    },
    async position(bookId) {
      await recover()
      return (await database.places.get(bookId))?.place
    },
    async decided(bookId) {
      return (await database.places.get(bookId))?.decided ?? ''
    },
    decide: (bookId, decided) => keepOf(bookId, { decided }),
    async sync(signal) {
      await recover()
      await outbox.flush()
      await annotations.pull(signal)
    },
    async close() {
      await outbox.stop()
      syncStatus.report('writes', undefined)
      database.close()
    },
  }
}

function report({ sending, waiting, conflicts, failed }: OutboxSummary, outbox: Outbox<Write>): void {
  syncStatus.report('writes', {
    saving: Number(sending),
    waiting,
    failed: failed + conflicts,
    retry: () => void outbox.retryFailed(),
  })
}

let current: { key: string; place: OfflinePlace } | undefined

/** The place of whoever is signed in; `undefined` outside of an organisation. Changing account or organisation closes it. */
export function currentPlace(): OfflinePlace | undefined {
  const state = session.current()
  const tenantId = state.status === 'signed-in' ? state.identity.tenant?.tenant_id : undefined
  const account = state.status === 'signed-in' ? state.identity.account : undefined
  const key = tenantId && account ? `${account.id}/${tenantId}` : undefined
  if (current && current.key !== key) {
    void current.place.close()
    current = undefined
  }
  if (!current && key && tenantId && account) {
    const place = openPlace({ accountId: account.id, tenantId, displayName: account.display_name })
    current = { key, place }
  }
  return current?.place
}
