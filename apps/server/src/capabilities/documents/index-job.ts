import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { DocumentsComponents } from './components.ts'
import type { ProjectData } from './project.ts'
import { searchDocumentOf } from './searchable.ts'
import { lockProjection } from './store/projection.ts'
import { schema } from './texts.ts'

export const INDEX = 'documents.index'

/** Puts a document anew into search, from what was read of it last: its title is another one, or it is out of the trash. */
export function indexJob({ database, search }: DocumentsComponents): JobDefinition<ProjectData> {
  return {
    ...{ name: INDEX, retryLimit: 5, concurrency: 1, expireInSeconds: 60 },
    async run({ data: { tenantId, documentId } }) {
      const { linesOf, toDocument } = await schema()
      await database.tenant({ tenantId, accountId: null }, async (tx) => {
        const row = await lockProjection(tx, documentId)
        if (!row || row.trashed_at !== null) return
        const lines = row.content === null ? [] : linesOf(toDocument(row.content))
        await search.putDocuments(tx, tenantId, [searchDocumentOf(row, lines)])
      })
    },
  }
}
