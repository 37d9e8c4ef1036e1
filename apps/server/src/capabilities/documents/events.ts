import type { Tx } from '../../platform/database/database.ts'
import type { DocumentRow } from './store/documents.ts'

/** What others may know, and who: events of a document go to those who may follow its topic. */

export const topicOf = (documentId: string): string => `document:${documentId}`

type Place = Pick<DocumentRow, 'id' | 'workspace_id' | 'visibility'>
type DocumentChange = 'created' | 'updated' | 'trashed' | 'restored' | 'deleted' | 'members_changed'

/**
 * Rights may be different from here on: sockets that have the document open are asked again. Everybody who has the document
 * in a list is told by `documents.changed`.
 */
export async function documentChanged(tx: Tx, change: DocumentChange, place: Place): Promise<void> {
  await tx.emit({ type: `document.${change}`, topic: topicOf(place.id), payload: { document_id: place.id } })
  if (place.visibility === 'workspace') await listChanged(tx, place)
}

const listChanged = (tx: Tx, { id, workspace_id }: Place): Promise<void> =>
  tx.emit({ type: 'documents.changed', workspaceId: workspace_id, payload: { document_id: id } })

/** What was read out of the text is new: its beginning, its length, when it was edited. */
export async function textChanged(tx: Tx, place: Place): Promise<void> {
  await tx.emit({
    type: 'document_text.changed',
    topic: topicOf(place.id),
    payload: { document_id: place.id },
  })
  if (place.visibility === 'workspace') await listChanged(tx, place)
}

/** To the person it is about: the document entered or left their list. */
export const membershipChanged = (tx: Tx, documentId: string, accountId: string): Promise<void> =>
  tx.emit({ type: 'document_membership.changed', accountId, payload: { document_id: documentId } })

export const versionKept = (tx: Tx, documentId: string, versionId: string, kind: string): Promise<void> =>
  tx.emit({
    type: 'document_version.created',
    topic: topicOf(documentId),
    payload: { document_id: documentId, version_id: versionId, kind },
  })

export const threadChanged = (
  tx: Tx,
  change: 'created' | 'updated' | 'deleted',
  thread: { readonly document_id: string; readonly id: string },
): Promise<void> =>
  tx.emit({
    type: `comment_thread.${change}`,
    topic: topicOf(thread.document_id),
    payload: { document_id: thread.document_id, thread_id: thread.id },
  })

/** For the person alone: also where the document is not followed. */
export const mentioned = (
  tx: Tx,
  accountId: string,
  at: { readonly documentId: string; readonly threadId: string | null; readonly authorId: string | null },
): Promise<void> =>
  tx.emit({
    type: 'document_mention.created',
    accountId,
    payload: { document_id: at.documentId, thread_id: at.threadId, author_id: at.authorId },
  })
