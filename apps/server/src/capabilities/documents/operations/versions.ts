import { isUuid } from '@stoa/kernel'
import { decodeCursor, isStringArray, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { DocumentsComponents } from '../components.ts'
import { versionIdTaken, versionNotFound } from '../errors.ts'
import { enter, enterTo } from '../scope.ts'
import {
  contentOfVersion,
  findVersion,
  listVersions,
  nameVersion,
  type VersionRow,
  versionBefore,
} from '../store/versions.ts'
import { newId, schema, type Texts } from '../texts.ts'
import { keepVersion } from '../versions.ts'
import { documentView, versionViews } from '../view.ts'

/** When, and which: where a list in the order of time goes on. */
export const isPlace = (value: unknown): value is [string, string] =>
  isStringArray(value) && value.length === 2 && isTime(value[0] ?? '') && isUuid(value[1] ?? '')

const isTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text))

export const listDocumentVersions = (components: DocumentsComponents): Operation =>
  operation('listDocumentVersions', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { document } = await enter(tx, context, params.document_id)
      const limit = query.limit ?? 50
      const page = { after: decodeCursor(query.cursor, isPlace), limit: limit + 1 }
      const found = await listVersions(tx, document.id, query.named ?? false, page)
      const { rows, next_cursor } = takePage(found, limit, (row) => [row.created_at.toISOString(), row.id])
      return { status: 200, body: { items: await versionViews(components, tx, rows), next_cursor } }
    }),
  )

export const createDocumentVersion = (components: DocumentsComponents, texts: Texts): Operation =>
  operation('createDocumentVersion', async (request) => {
    const { context, params, body } = request
    const { tenantId, accountId } = context
    const documentId = params.document_id
    await request.read((tx) => enterTo(tx, context, documentId, 'write'))
    const { doc } = await texts.read({ tenantId, documentId })
    return request.write(async (tx) => {
      await enterTo(tx, context, documentId, 'write')
      const kind = body.collisions === undefined ? ('named' as const) : ('merge' as const)
      const version = { ...body, documentId, kind, doc, authors: [accountId] }
      const created = await keepVersion(components, tx, tenantId, version)
      const row = await findVersion(tx, documentId, body.id)
      if (!row) throw versionIdTaken()
      return { status: created ? 201 : 200, body: await viewOf(components, tx, row) }
    })
  })

async function viewOf(
  ...[components, tx, row]: [DocumentsComponents, Parameters<typeof versionViews>[1], VersionRow]
) {
  const [view] = await versionViews(components, tx, [row])
  if (!view) throw versionNotFound()
  return view
}

export const getDocumentVersion = (components: DocumentsComponents): Operation =>
  operation('getDocumentVersion', (request) =>
    request.read(async (tx) => {
      const { context, params } = request
      const { document } = await enter(tx, context, params.document_id)
      const row = await findVersion(tx, document.id, params.version_id)
      if (!row) throw versionNotFound()
      const { toDocument, toMarkdown } = await schema()
      const doc = toDocument(await contentOfVersion(tx, document.id, row.id))
      const before = await versionBefore(tx, document.id, row)
      return {
        status: 200,
        body: {
          version: await viewOf(components, tx, row),
          content: doc.toJSON(),
          markdown: toMarkdown(doc),
          previous_id: before?.id ?? null,
        },
      }
    }),
  )

export const updateDocumentVersion = (components: DocumentsComponents): Operation =>
  operation('updateDocumentVersion', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { document } = await enterTo(tx, context, params.document_id, 'write')
      await nameVersion(tx, document.id, params.version_id, body.name)
      const row = await findVersion(tx, document.id, params.version_id)
      if (!row) throw versionNotFound()
      return { status: 200, body: await viewOf(components, tx, row) }
    }),
  )

/**
 * Three steps, each safe to repeat: keep what the document says, edit it, answer. A crash in between leaves one version more
 * and loses nothing.
 */
export const restoreDocumentVersion = (components: DocumentsComponents, texts: Texts): Operation =>
  operation('restoreDocumentVersion', async (request) => {
    const { context, params } = request
    const { tenantId, accountId } = context
    const documentId = params.document_id
    const wanted = await request.read(async (tx) => {
      await enterTo(tx, context, documentId, 'write')
      const content = await contentOfVersion(tx, documentId, params.version_id)
      if (content === undefined) throw versionNotFound()
      return (await schema()).toDocument(content)
    })
    const place = { tenantId, documentId }
    const { doc } = await texts.read(place)
    const kept = newId(components)
    await components.database.tenant(context, (tx) =>
      keepVersion(components, tx, tenantId, {
        id: kept,
        documentId,
        kind: 'restore',
        authors: [accountId],
        doc,
      }),
    )
    await texts.write(place, accountId, wanted)
    return request.write(async (tx) => {
      const row = await findVersion(tx, documentId, kept)
      if (!row) throw versionNotFound()
      const body = {
        document: await documentView(components, tx, context, documentId),
        kept: await viewOf(components, tx, row),
      }
      return { status: 200, body }
    })
  })
