import { buffer } from 'node:stream/consumers'
import type { components } from '@stoa/contracts'
import { isUuid } from '@stoa/kernel'
import { decodeCursor, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { DocumentsComponents } from '../components.ts'
import { fileMissing, fileNotFound, notAnImage } from '../errors.ts'
import { fileKey, thumbnailKey } from '../keys.ts'
import { enter, enterTo } from '../scope.ts'
import { type FileRow, findFile, insertFile, listFiles, markReady, type ReadyFile } from '../store/files.ts'
import { newId } from '../texts.ts'
import { fileView } from '../view.ts'

const UPLOAD_SECONDS = 3600
const CONTENT_TYPE = 'application/octet-stream'

const isId = (value: unknown): value is string => typeof value === 'string' && isUuid(value)
const isReady = (row: FileRow): row is ReadyFile => row.image !== null && row.media_type !== null

/** Where a client puts bytes of an announced size. */
export async function signedUpload(
  { blobs }: Pick<DocumentsComponents, 'blobs'>,
  key: string,
  size: number,
): Promise<components['schemas']['SignedUrl']> {
  const options = { contentType: CONTENT_TYPE, size, expiresInSeconds: UPLOAD_SECONDS }
  const { url, method, headers, expiresAt } = await blobs.signPut(key, options)
  return { url, method, headers: { ...headers }, expires_at: expiresAt.toISOString() }
}

export const listDocumentFiles = (components: DocumentsComponents): Operation =>
  operation('listDocumentFiles', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { document } = await enter(tx, context, params.document_id)
      const limit = query.limit ?? 50
      const found = await listFiles(tx, document.id, decodeCursor(query.cursor, isId), limit + 1)
      const { rows, next_cursor } = takePage(found, limit, (row) => row.id)
      const items = await Promise.all(rows.map((row) => fileView(components, context.tenantId, row)))
      return { status: 200, body: { items, next_cursor } }
    }),
  )

export const createDocumentFile = (components: DocumentsComponents): Operation =>
  operation('createDocumentFile', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { document } = await enterTo(tx, context, params.document_id, 'write')
      const id = newId(components)
      await insertFile(tx, context.tenantId, {
        ...{ id, filename: body.filename, size: body.size, media_type: null, image: null },
        document_id: document.id,
        account_id: context.accountId,
        at: new Date(components.clock.now()),
      })
      const put = await signedUpload(components, fileKey(context.tenantId, id), body.size)
      return { status: 201, body: { id, put } }
    }),
  )

export const getDocumentFile = (components: DocumentsComponents): Operation =>
  operation('getDocumentFile', ({ context, params, read }) =>
    read(async (tx) => {
      const { document } = await enter(tx, context, params.document_id)
      const row = await findFile(tx, document.id, params.file_id)
      if (!row || !isReady(row)) throw fileNotFound()
      return { status: 200, body: await fileView(components, context.tenantId, row) }
    }),
  )

export const completeDocumentFile = (components: DocumentsComponents): Operation =>
  operation('completeDocumentFile', async (request) => {
    const { context, params } = request
    const row = await request.read(async (tx) => {
      const { document } = await enterTo(tx, context, params.document_id, 'write')
      const found = await findFile(tx, document.id, params.file_id)
      if (found?.account_id !== context.accountId) throw fileNotFound()
      return found
    })
    const ready = isReady(row) ? row : { ...row, ...(await look(components, context.tenantId, row)) }
    return request.write(async (tx) => {
      await markReady(tx, ready.id, ready)
      return { status: 200, body: await fileView(components, context.tenantId, ready) }
    })
  })

/** Outside any transaction: looking at a picture takes a while. @throws Problem 409, 422 */
async function look(
  { blobs, thumbnailOf }: Pick<DocumentsComponents, 'blobs' | 'thumbnailOf'>,
  tenantId: string,
  row: FileRow,
) {
  const key = fileKey(tenantId, row.id)
  if ((await blobs.head(key))?.size !== row.size) throw fileMissing()
  const picture = await thumbnailOf(async () => buffer(await blobs.get(key)))
  if (!picture) throw notAnImage()
  const options = { contentType: 'image/webp', maxBytes: picture.bytes.length }
  await blobs.put(thumbnailKey(tenantId, row.id), picture.bytes, options)
  return { media_type: picture.mediaType, image: picture.image }
}
