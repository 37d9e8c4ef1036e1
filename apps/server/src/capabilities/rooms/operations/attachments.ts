import { buffer } from 'node:stream/consumers'
import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import { type Thumbnail, thumbnailOf } from '../../../platform/images/thumbnail.ts'
import type { RoomsComponents } from '../components.ts'
import { attachmentMissing } from '../errors.ts'
import { attachmentKey, thumbnailKey } from '../keys.ts'
import { attachmentView } from '../present.ts'
import { enterToPost } from '../scope.ts'
import { type AttachmentRow, findAttachment, insertAttachment, markReady } from '../store/attachments.ts'

const UPLOAD_SECONDS = 3600
const CONTENT_TYPE = 'application/octet-stream'
/** Larger pictures are files like any other. */
const MOST_PICTURE_BYTES = 30 * 1024 * 1024

export const createAttachment = (components: RoomsComponents): Operation =>
  operation('createAttachment', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      const { tenantId, accountId } = context
      const { room } = await enterToPost(tx, context, body.room_id)
      const id = uuidv7(components.clock)
      const at = new Date(components.clock.now())
      const { filename, size } = body
      await insertAttachment(tx, tenantId, {
        ...{ id, filename, size, at },
        room_id: room.id,
        account_id: accountId,
      })
      const signed = await components.blobs.signPut(attachmentKey(tenantId, id), {
        ...{ contentType: CONTENT_TYPE, size },
        expiresInSeconds: UPLOAD_SECONDS,
      })
      const { url, method, headers, expiresAt } = signed
      const put = { url, method, headers: { ...headers }, expires_at: expiresAt.toISOString() }
      return { status: 201, body: { id, put } }
    }),
  )

/** Reads the file outside any transaction: looking at a picture takes a while. */
async function look(
  { blobs }: Pick<RoomsComponents, 'blobs'>,
  tenantId: string,
  row: AttachmentRow,
): Promise<Thumbnail | undefined> {
  const key = attachmentKey(tenantId, row.id)
  if ((await blobs.head(key))?.size !== row.size) throw attachmentMissing()
  if (row.size > MOST_PICTURE_BYTES) return undefined
  const picture = await thumbnailOf(async () => buffer(await blobs.get(key)))
  if (!picture) return undefined
  const options = { contentType: 'image/webp', maxBytes: picture.bytes.length }
  await blobs.put(thumbnailKey(tenantId, row.id), picture.bytes, options)
  return picture
}

export const completeAttachment = (components: RoomsComponents): Operation =>
  operation('completeAttachment', async (request) => {
    const { context, params } = request
    const { tenantId, accountId } = context
    const find = async (tx: Tx) => {
      const row = await findAttachment(tx, accountId, params.attachment_id)
      if (!row) throw notFound('attachment')
      await enterToPost(tx, context, row.room_id)
      return row
    }
    const row = await request.read(find)
    if (row.media_type === null) {
      const picture = await look(components, tenantId, row)
      const found = { media_type: picture?.mediaType ?? CONTENT_TYPE, image: picture?.image ?? null }
      return request.write(async (tx) => {
        await markReady(tx, row.id, found)
        return { status: 200, body: await attachmentView(components, tenantId, { ...row, ...found }) }
      })
    }
    const file = { ...row, media_type: row.media_type }
    return { status: 200, body: await attachmentView(components, tenantId, file) }
  })
