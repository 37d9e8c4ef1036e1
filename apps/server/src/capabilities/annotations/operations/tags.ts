import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { AnnotationComponents } from '../components.ts'
import { viewerOf } from '../scope.ts'
import { countTags } from '../store/tags.ts'

export const listTags = (components: AnnotationComponents): Operation =>
  operation('listTags', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const viewer = await viewerOf(components, tx, context, query.workspace_id)
      const range = { limit: query.limit ?? 50, ...(query.prefix && { prefix: query.prefix }) }
      return { status: 200, body: { items: await countTags(tx, viewer, range) } }
    }),
  )
