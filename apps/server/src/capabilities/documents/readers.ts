import type { Tx } from '../../platform/database/database.ts'
import type { DocumentsComponents } from './components.ts'
import { memberIds } from './store/members.ts'

/** Those of these accounts who may read the document. */
export async function readersAmong(
  { membersAmong }: Pick<DocumentsComponents, 'membersAmong'>,
  tx: Tx,
  document: {
    readonly id: string
    readonly workspace_id: string
    readonly visibility: 'workspace' | 'private'
  },
  accountIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (accountIds.length === 0) return new Set()
  const known = await membersAmong(tx, accountIds, document.workspace_id)
  if (document.visibility === 'workspace') return known
  return new Set((await memberIds(tx, document.id)).filter((id) => known.has(id)))
}
