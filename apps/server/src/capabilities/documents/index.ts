/** Documents that are written together. The only module of this capability that others import. */
import type { Tx } from '../../platform/database/database.ts'
import type { Operation } from '../../platform/http/operation.ts'
import { forEachTenant } from '../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { Capability } from '../capability.ts'
import type { DocumentsComponents } from './components.ts'
import { indexJob } from './index-job.ts'
import { createBookFromDocument } from './operations/book.ts'
import {
  createThreadComment,
  deleteThreadComment,
  listThreadComments,
  updateThreadComment,
} from './operations/comments.ts'
import {
  createDocument,
  getDocument,
  listDocuments,
  starDocument,
  updateDocument,
} from './operations/documents.ts'
import { exportDocument, getDocumentContent } from './operations/export.ts'
import {
  completeDocumentFile,
  createDocumentFile,
  getDocumentFile,
  listDocumentFiles,
} from './operations/files.ts'
import { completeDocumentImport, createDocumentImport } from './operations/imports.ts'
import { listDocumentMembers, removeDocumentMember, setDocumentMember } from './operations/members.ts'
import { listDocumentMentions, markDocumentMentionsRead } from './operations/mentions.ts'
import { listDocumentTemplates } from './operations/templates.ts'
import {
  createCommentThread,
  getCommentThread,
  listCommentThreads,
  updateCommentThread,
} from './operations/threads.ts'
import { deleteDocument, restoreDocument } from './operations/trash.ts'
import {
  createDocumentVersion,
  getDocumentVersion,
  listDocumentVersions,
  restoreDocumentVersion,
  updateDocumentVersion,
} from './operations/versions.ts'
import { projectJob, SWEEP_ALL, SWEEP_TEXTS, sweepTextsJob } from './project.ts'
import { discardJob, PURGE, PURGE_ALL, purgeJob } from './purge.ts'
import { enter } from './scope.ts'
import { searchableDocuments } from './store/documents.ts'
import { Texts } from './texts.ts'

export { textMode } from './access.ts'
export { type TextChanges, textChanges } from './changes.ts'
export type { DocumentsComponents } from './components.ts'
export { topicOf } from './events.ts'
export { OURS } from './texts.ts'

type Create = (components: DocumentsComponents, texts: Texts) => Operation

const operations: readonly Create[] = [
  ...[
    listDocuments,
    createDocument,
    getDocument,
    updateDocument,
    starDocument,
    deleteDocument,
    restoreDocument,
  ],
  ...[listDocumentTemplates, getDocumentContent, exportDocument, createBookFromDocument],
  ...[listDocumentMembers, setDocumentMember, removeDocumentMember],
  ...[
    listDocumentVersions,
    createDocumentVersion,
    getDocumentVersion,
    updateDocumentVersion,
    restoreDocumentVersion,
  ],
  ...[listCommentThreads, createCommentThread, getCommentThread, updateCommentThread],
  ...[listThreadComments, createThreadComment, updateThreadComment, deleteThreadComment],
  ...[listDocumentMentions, markDocumentMentionsRead],
  ...[listDocumentFiles, createDocumentFile, getDocumentFile, completeDocumentFile],
  ...[createDocumentImport, completeDocumentImport],
]

export function createDocuments(components: DocumentsComponents): Capability {
  const { database } = components
  const texts = new Texts(components)
  const mayFollow: NonNullable<Capability['topicGuards']>[number]['mayFollow'] = (context, id) =>
    database.tenantRead(context, (tx) =>
      enter(tx, context, id).then(
        () => true,
        () => false,
      ),
    )
  return {
    name: 'documents',
    operations: operations.map((create) => create(components, texts)),
    jobs: [
      projectJob(components, texts),
      indexJob(components),
      discardJob(components, texts),
      purgeJob(components),
      forEachTenant(database, { name: PURGE_ALL, schedule: '47 3 * * *', job: PURGE }),
      sweepTextsJob(components),
      forEachTenant(database, { name: SWEEP_ALL, schedule: '17 * * * *', job: SWEEP_TEXTS }),
    ] as unknown as JobDefinition[],
    services: [],
    topicGuards: [{ kind: 'document', mayFollow }],
  }
}

/** Documents that the caller may find. */
export const documentsToSearch = (tx: Tx, workspaceId: string | undefined): Promise<string[]> =>
  searchableDocuments(tx, workspaceId)
