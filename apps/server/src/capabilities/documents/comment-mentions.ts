import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { DocumentsComponents } from './components.ts'
import { mentioned } from './events.ts'
import { readersAmong } from './readers.ts'
import { excerptOf, mentionsIn } from './rules.ts'
import type { DocumentRow } from './store/documents.ts'
import { addMentions } from './store/mentions.ts'

const MENTION_LENGTH = 500

/** Whom a comment mentions of those who may read it; who was not mentioned in it before is told. */
export async function tellMentions(
  components: Pick<DocumentsComponents, 'membersAmong'>,
  tx: Tx,
  { tenantId, accountId: authorId }: TenantContext,
  comment: {
    readonly document: Pick<DocumentRow, 'id' | 'workspace_id' | 'visibility'>
    readonly threadId: string
    readonly commentId: string
    readonly body: string
    readonly at: Date
  },
): Promise<string[]> {
  const wanted = mentionsIn(comment.body)
  if (wanted.length === 0) return []
  const readers = await readersAmong(components, tx, comment.document, wanted)
  const ids = wanted.filter((id) => readers.has(id))
  const { threadId, commentId: placeId, at } = comment
  const place = { documentId: comment.document.id, placeId, threadId, authorId, at }
  const plain = comment.body.replace(/\[(@[^\]\n]{1,200})\]\([^()\s]{1,200}\)/g, '$1')
  const text = excerptOf([plain], MENTION_LENGTH)
  const told = await addMentions(
    tx,
    tenantId,
    place,
    ids.map((accountId) => ({ accountId, text })),
  )
  for (const accountId of told) if (accountId !== authorId) await mentioned(tx, accountId, place)
  return ids
}
