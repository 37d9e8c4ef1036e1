import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { LibraryComponents } from '../components.ts'
import { visibleWorkspaces } from '../scope.ts'
import { countLibrary } from '../store/library-counts.ts'

export const getLibrarySummary = (components: LibraryComponents): Operation =>
  operation('getLibrarySummary', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const workspaces = await visibleWorkspaces(components, tx, context, query.workspace_id)
      const counts = await countLibrary(tx, context.accountId, workspaces)
      return {
        status: 200,
        body: { ...counts, ...(await components.countAnnotations(tx, context, workspaces)) },
      }
    }),
  )
