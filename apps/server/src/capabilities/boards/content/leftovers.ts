/** Files of content that no row speaks of: left by a process that was killed between the one and the other. */
import type { Clock } from '@stoa/kernel'
import type { BlobStore } from '../../../platform/blobs/blobs.ts'
import type { Database } from '../../../platform/database/database.ts'
import type { TenantJobData } from '../../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition } from '../../../platform/jobs/jobs.ts'
import { type FileOfContent, namedFiles } from '../store/contents.ts'
import { contentPrefix } from './keys.ts'

export const SWEEP_CONTENT = 'boards.sweep_content'
export const SWEEP_CONTENT_ALL = 'boards.sweep_content_all'

/** A file is there before its row is; what is older than this has none coming. */
const YOUNG_MS = 24 * 3_600_000
const BATCH = 500

interface Parts {
  readonly database: Database
  readonly blobs: BlobStore
  readonly clock: Clock
}

/** Daily, for each organisation. Safe to repeat and to be cut off anywhere. */
export function sweepContentJob(parts: Parts): JobDefinition<TenantJobData> {
  return {
    ...{ name: SWEEP_CONTENT, retryLimit: 3, concurrency: 1, expireInSeconds: 3600 },
    async run({ data: { tenantId }, signal, log }) {
      let files = 0
      let batch: string[] = []
      for await (const { key, modifiedAt } of parts.blobs.list(contentPrefix(tenantId))) {
        signal.throwIfAborted()
        if (isOld(parts, modifiedAt)) batch.push(key)
        if (batch.length < BATCH) continue
        files += await sweep(parts, tenantId, batch)
        batch = []
      }
      files += await sweep(parts, tenantId, batch)
      log.info({ action: 'content_swept', tenant_id: tenantId, files })
    },
  }
}

const isOld = ({ clock }: Parts, modifiedAt: Date): boolean => modifiedAt.getTime() < clock.now() - YOUNG_MS

async function sweep(parts: Parts, tenantId: string, keys: readonly string[]): Promise<number> {
  const files = keys.flatMap((key) => fileOf(key, contentPrefix(tenantId)))
  const actor = { tenantId, accountId: null }
  const named = await parts.database.tenantRead(actor, (tx) => namedFiles(tx, files))
  let count = 0
  for (const { key } of files) {
    if (named.has(key)) continue
    // Somebody may have written the same just now.
    const info = await parts.blobs.head(key)
    if (!info || !isOld(parts, info.modifiedAt)) continue
    await parts.blobs.delete(key)
    count++
  }
  return count
}

/** The content that a file is, or is a chunk of. What has another name is left alone. */
function fileOf(key: string, prefix: string): FileOfContent[] {
  const [, digest, ordinal] = /^([0-9a-f]{64})(?:\.(\d{1,9})\.part)?$/.exec(key.slice(prefix.length)) ?? []
  if (digest === undefined) return []
  return [{ key, digest, ordinal: ordinal === undefined ? null : Number(ordinal) }]
}
