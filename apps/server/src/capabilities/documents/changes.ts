import type { Clock, Logger } from '@stoa/kernel'
import type { Database } from '../../platform/database/database.ts'
import { PROJECT } from './project.ts'
import { projectedVersions } from './store/projection.ts'

/** After the first change of a text it is read this soon; while it goes on changing, this often. Milliseconds. */
const SOON_MS = 1_500
const EVERY_MS = 8_000
/** What is due within so long of each other shares a transaction; milliseconds. */
const TOGETHER_MS = 500
const MOST_TOGETHER = 200
const MOST_REMEMBERED = 10_000

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
  /** Unix milliseconds: when a text that was changed is to be read. */
  const waiting = new Map<string, { readonly tenantId: string; readonly dueAt: number }>()
  const lastRead = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  const take = (due: (at: number) => boolean): Map<string, string[]> => {
    const tenants = new Map<string, string[]>()
    for (const [id, { tenantId, dueAt }] of waiting) {
      if (!due(dueAt)) continue
      waiting.delete(id)
      lastRead.set(id, clock.now())
      const ids = tenants.get(tenantId) ?? []
      tenants.set(tenantId, ids)
      ids.push(id)
    }
    if (lastRead.size > MOST_REMEMBERED)
      for (const [id] of [...lastRead].slice(0, MOST_REMEMBERED / 2)) lastRead.delete(id)
    return tenants
  }
  const enqueue = async (tenants: ReadonlyMap<string, readonly string[]>): Promise<void> => {
    for (const [tenantId, ids] of tenants)
      for (let at = 0; at < ids.length; at += MOST_TOGETHER)
        await askFor(database, tenantId, ids.slice(at, at + MOST_TOGETHER)).catch((err: unknown) =>
          log.warn({ action: 'text_changes_not_enqueued', tenant_id: tenantId, err }),
        )
  }
  let asking = Promise.resolve()
  let stopped = false
  const tick = async (): Promise<void> => {
    const now = clock.now()
    await enqueue(take((at) => at <= now))
    timer = undefined
    if (waiting.size > 0) arm()
  }
  const arm = (): void => {
    if (stopped) return
    timer ??= setTimeout(() => {
      asking = tick()
    }, TOGETHER_MS).unref()
  }
  return {
    changed(tenantId, documentId) {
      if (waiting.has(documentId)) return
      const now = clock.now()
      const wait = Math.max(SOON_MS, EVERY_MS - (now - (lastRead.get(documentId) ?? 0)))
      waiting.set(documentId, { tenantId, dueAt: now + wait })
      arm()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await asking
      await enqueue(take(() => true))
    },
  }
}

/** A text that belongs to no document of ours is nobody's to read. */
async function askFor(database: Database, tenantId: string, ids: readonly string[]): Promise<void> {
  await database.tenant({ tenantId, accountId: null }, async (tx) => {
    for (const documentId of (await projectedVersions(tx, ids)).keys())
      await tx.enqueue({ name: PROJECT, data: { tenantId, documentId }, singletonKey: documentId })
  })
}
