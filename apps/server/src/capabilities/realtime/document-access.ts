import { isStoaError } from '@stoa/kernel'
import type { Database, TenantContext } from '../../platform/database/database.ts'
import { OURS, textMode } from '../documents/index.ts'
import type { StateSync } from '../statesync/index.ts'
import { workspacesOf } from '../tenancy/index.ts'
import type { DocumentMode } from './tickets.ts'

/** What a caller may do with a document; `undefined`: for them there is none. */
export interface DocumentAccess {
  modeFor(context: TenantContext, documentId: string): Promise<DocumentMode | undefined>
}

/**
 * Documents are opened as their members and their workspace say (`textMode`). Other texts, which clients of the StateSync
 * service made for themselves, by their own fields: members of their workspace may write, guests may read; without a
 * workspace they are for who made them.
 */
export function documentAccess(statesync: StateSync, database: Database): DocumentAccess {
  return {
    async modeFor(context, documentId) {
      const { tenantId, accountId, role } = context
      const mode = await textMode({ database }, context, documentId)
      if (mode !== undefined) return mode
      const { document } = await statesync.getDocument({ tenantId, documentId }).catch((error: unknown) => {
        if (isStoaError(error) && error.code === 'document.not_found') return { document: undefined }
        throw error
      })
      if (document === undefined || document.metadata.kind === OURS.kind) return undefined
      if (document.workspaceId === '') return document.createdBy === accountId ? 'write' : undefined
      const visible = await database.tenantRead(context, workspacesOf)
      if (!visible.includes(document.workspaceId)) return undefined
      return role === 'guest' ? 'read' : 'write'
    },
  }
}
