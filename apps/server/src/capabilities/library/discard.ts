import type { Tx } from '../../platform/database/database.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { LibraryComponents } from './components.ts'
import { contentKey } from './keys.ts'
import { isNamed, lockDigest } from './store/digests.ts'

export const DISCARD = 'library.discard'

interface DiscardData {
  readonly tenantId: string
  /** Files that were one row's alone: that row is gone. */
  readonly keys: readonly string[]
  /** Digests of files that others may use, too. */
  readonly digests: readonly string[]
}

/** Has files deleted once the transaction that deletes their rows is committed, also if the program ends right after. */
export async function discard(
  tx: Tx,
  tenantId: string,
  files: { keys?: readonly (string | null)[]; digests?: readonly (string | null)[] },
): Promise<void> {
  const present = (names: readonly (string | null)[] = []) => names.filter((name) => name !== null)
  const data: DiscardData = {
    tenantId,
    keys: present(files.keys),
    digests: [...new Set(present(files.digests))],
  }
  if (data.keys.length + data.digests.length > 0) await tx.enqueue({ name: DISCARD, data })
}

export function discardJob({
  database,
  blobs,
}: Pick<LibraryComponents, 'database' | 'blobs'>): JobDefinition<DiscardData> {
  return {
    ...{ name: DISCARD, retryLimit: 8, concurrency: 1, expireInSeconds: 900 },
    async run({ data: { tenantId, keys, digests }, signal }) {
      for (const key of keys) {
        signal.throwIfAborted()
        await blobs.delete(key)
      }
      for (const sha256 of digests) {
        signal.throwIfAborted()
        await database.tenant({ tenantId, accountId: null }, async (tx) => {
          await lockDigest(tx, tenantId, sha256)
          // Inside the transaction, because its lock keeps uploads of the same bytes waiting until the file is gone.
          if (!(await isNamed(tx, sha256))) await blobs.delete(contentKey(tenantId, sha256))
        })
      }
    },
  }
}
