import type { Clock, Logger } from '@stoa/kernel'
import type { Database } from '../../platform/database/database.ts'
import { PROJECT } from './project.ts'

/** After the first change of a text it is read this soon; while it goes on changing, this often. Milliseconds. */
const SOON_MS = 1_500
const EVERY_MS = 8_000

export interface TextChanges {
  /** A text was changed, durably. Called often: costs nothing while the text is known to be changing. */
  changed(tenantId: string, documentId: string): void
  /** Has everything read that waits. */
  stop(): Promise<void>
}

/** Sees to it that changed texts are read out, each now and then, whatever is written. What a kill loses the sweep finds. */
export function textChanges({
  database,
  clock,
  log,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
}): TextChanges {
  const waiting = new Map<string, { readonly tenantId: string; readonly timer: NodeJS.Timeout }>()
  const lastRead = new Map<string, number>()
  const enqueue = async (tenantId: string, documentId: string): Promise<void> => {
    waiting.delete(documentId)
    lastRead.set(documentId, clock.now())
    if (lastRead.size > 10_000) for (const [id] of [...lastRead].slice(0, 5_000)) lastRead.delete(id)
    await database
      .tenant({ tenantId, accountId: null }, (tx) =>
        tx.enqueue({ name: PROJECT, data: { tenantId, documentId }, singletonKey: documentId }),
      )
      .catch((err: unknown) => log.warn({ action: 'text_change_not_enqueued', document_id: documentId, err }))
  }
  return {
    changed(tenantId, documentId) {
      if (waiting.has(documentId)) return
      const since = clock.now() - (lastRead.get(documentId) ?? 0)
      const wait = Math.max(SOON_MS, EVERY_MS - since)
      const timer = setTimeout(() => void enqueue(tenantId, documentId), wait).unref()
      waiting.set(documentId, { tenantId, timer })
    },
    async stop() {
      const left = [...waiting]
      for (const [, { timer }] of left) clearTimeout(timer)
      await Promise.all(left.map(([id, { tenantId }]) => enqueue(tenantId, id)))
    },
  }
}
