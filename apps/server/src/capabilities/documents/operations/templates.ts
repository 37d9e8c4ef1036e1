import { type Operation, operation } from '../../../platform/http/operation.ts'
import { templatesIn } from '../formats/templates.ts'

export const listDocumentTemplates = (): Operation =>
  operation('listDocumentTemplates', async ({ query }) => ({
    status: 200,
    body: { items: templatesIn(query.locale) },
  }))
