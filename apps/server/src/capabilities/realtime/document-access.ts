import { isStoaError } from '@stoa/kernel'
import type { Database, TenantContext } from '../../platform/database/database.ts'
import type { StateSync } from '../statesync/index.ts'
import { workspacesOf } from '../tenancy/index.ts'
import type { DocumentMode } from './tickets.ts'

/** What a caller may do with a document; `undefined`: for them there is none. */
export interface DocumentAccess {
  modeFor(context: TenantContext, documentId: string): Promise<DocumentMode | undefined>
}

/**
 * By the document's own fields: members of its workspace may write, guests may read; without a workspace it is for who made
 * it.
 */
export function documentAccess(statesync: StateSync, database: Database): DocumentAccess {
  return {
    async modeFor(context, documentId) {
      const { tenantId, accountId, role } = context
      const { document } = await statesync.getDocument({ tenantId, documentId }).catch((error: unknown) => {
        if (isStoaError(error) && error.code === 'document.not_found') return { document: undefined }
        throw error
      })
      if (document === undefined) return undefined
      if (document.workspaceId === '') return document.createdBy === accountId ? 'write' : undefined
      const visible = await database.tenantRead(context, workspacesOf)
      if (!visible.includes(document.workspaceId)) return undefined
      return role === 'guest' ? 'read' : 'write'
    },
  }
}
