import type { Tx } from '../../platform/database/database.ts'
import type { TenantJobData } from '../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition, JobRun } from '../../platform/jobs/jobs.ts'
import { announceBook } from './announce.ts'
import type { LibraryComponents } from './components.ts'
import { discard } from './discard.ts'
import { uploadKey, uploadsPrefix } from './keys.ts'
import { indexPassages } from './searchable.ts'
import { deleteOldTrash, deleteOldUploads, deleteUnusedContents, uploadsUnderWay } from './store/sweep.ts'

export const SWEEP = 'library.sweep'
export const SWEEP_ALL = 'library.sweep-all'
export const TRASH_DAYS = 30
/** A repeated request is answered from memory for 48 hours: as long, its upload is known. */
const UPLOAD_HOURS = 48
/** Signed URLs of uploads live for six hours, and a slow file may take a while after that. */
const STAGED_MS = 12 * 3_600_000
/** Deleting a content deletes its passages and its part of the index: few at a time. */
const CONTENTS = 20
const ROWS = 500
/** Of each kind in one run. Who has more waits until the others had their turn. */
const BUDGET = 5_000

type Swept = Readonly<Record<'uploads' | 'books' | 'contents' | 'staged' | 'reindexed', number>>

/**
 * Clears up one tenant's library: uploads never finished, books long in the trash, files that nothing shows; and has texts
 * cut into words anew that another ICU cut. Safe to repeat and to be cut off anywhere.
 */
export function sweepJob(components: LibraryComponents): JobDefinition<TenantJobData> {
  return {
    ...{ name: SWEEP, retryLimit: 3, concurrency: 1, expireInSeconds: 3600 },
    async run(job) {
      const swept = await sweep(components, job)
      for (const [what, count] of Object.entries(swept)) components.onSwept(what, count)
      const { tenantId } = job.data
      job.log.info({ action: 'library_swept', tenant_id: tenantId, ...swept })
      if (Object.values(swept).every((count) => count < BUDGET)) return
      await components.database.tenant({ tenantId, accountId: null }, (tx) =>
        tx.enqueue({ name: SWEEP, data: { tenantId }, singletonKey: tenantId }),
      )
    },
  }
}

async function sweep(components: LibraryComponents, job: JobRun<TenantJobData>): Promise<Swept> {
  const { tenantId } = job.data
  const repeat = async (batch: number, some: (tx: Tx) => Promise<number>): Promise<number> => {
    let total = 0
    for (let count = batch; count === batch && total < BUDGET; total += count) {
      job.signal.throwIfAborted()
      count = await components.database.tenant({ tenantId, accountId: null }, some)
    }
    return total
  }
  return {
    uploads: await repeat(ROWS, (tx) => sweepUploads(tx, tenantId)),
    books: await repeat(ROWS, sweepTrash(components)),
    contents: await repeat(CONTENTS, (tx) => sweepContents(tx, tenantId)),
    staged: await sweepStaged(components, job),
    reindexed: await repeat(1, (tx) => reindex(components, tx, tenantId)),
  }
}

async function sweepUploads(tx: Tx, tenantId: string): Promise<number> {
  const uploads = await deleteOldUploads(tx, UPLOAD_HOURS, ROWS)
  const keys = uploads.map(({ id }) => uploadKey(tenantId, id))
  await discard(tx, tenantId, { keys, digests: uploads.map(({ sha256 }) => sha256) })
  return uploads.length
}

const sweepTrash =
  ({ search }: Pick<LibraryComponents, 'search'>) =>
  async (tx: Tx): Promise<number> => {
    const books = await deleteOldTrash(tx, TRASH_DAYS, ROWS)
    for (const book of books) {
      await search.removeBook(tx, book.id)
      await announceBook(tx, 'book.deleted', book)
    }
    return books.length
  }

async function sweepContents(tx: Tx, tenantId: string): Promise<number> {
  const contents = await deleteUnusedContents(tx, CONTENTS)
  const digests = contents.flatMap(({ sha256, reading_sha256 }) => [sha256, reading_sha256])
  const keys = contents.flatMap(({ cover }) => (cover ? [cover.smallKey, cover.largeKey] : []))
  await discard(tx, tenantId, { keys, digests })
  return contents.length
}

/** Files that were uploaded and never claimed, also those that arrived after their row was gone. */
async function sweepStaged(
  { database, blobs, clock }: LibraryComponents,
  { data: { tenantId }, signal }: JobRun<TenantJobData>,
): Promise<number> {
  const old: string[] = []
  const prefix = uploadsPrefix(tenantId)
  for await (const { key, modifiedAt } of blobs.list(prefix)) {
    if (modifiedAt.getTime() < clock.now() - STAGED_MS) old.push(key.slice(prefix.length))
    if (old.length === BUDGET) break
  }
  const wanted = await database.tenantRead({ tenantId, accountId: null }, (tx) => uploadsUnderWay(tx, old))
  const left = old.filter((id) => !wanted.has(id))
  for (const id of left) {
    signal.throwIfAborted()
    await blobs.delete(uploadKey(tenantId, id))
  }
  return left.length
}

/** One content a transaction: a long book takes seconds. */
async function reindex(components: LibraryComponents, tx: Tx, tenantId: string): Promise<number> {
  const outdated = await components.search.outdatedContents(tx, 1)
  for (const contentId of outdated) await indexPassages(components, tx, tenantId, contentId)
  return outdated.length
}
