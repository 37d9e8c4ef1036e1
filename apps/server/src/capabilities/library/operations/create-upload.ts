import { uuidv7 } from '@stoa/kernel'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { LibraryComponents } from '../components.ts'
import { fileTooLarge } from '../errors.ts'
import { uploadKey } from '../keys.ts'
import { insertUpload } from '../store/uploads.ts'

/** Enough for a large file on a slow line. */
const UPLOAD_SECONDS = 6 * 3600
const CONTENT_TYPE = 'application/octet-stream'

export const createUpload = (components: LibraryComponents): Operation =>
  operation('createUpload', async (request) => {
    const { blobs, clock, maxFileBytes } = components
    const { filename, size, media_type } = request.body
    if (size > maxFileBytes) throw fileTooLarge(maxFileBytes)
    return request.write(async (tx) => {
      const { tenantId, accountId } = request.context
      const id = uuidv7(clock)
      const expiresAt = new Date(clock.now() + UPLOAD_SECONDS * 1000)
      await insertUpload(tx, {
        tenantId,
        id,
        accountId,
        filename,
        mediaType: media_type ?? null,
        size,
        expiresAt,
      })
      const signed = await blobs.signPut(uploadKey(tenantId, id), {
        contentType: CONTENT_TYPE,
        size,
        expiresInSeconds: UPLOAD_SECONDS,
      })
      const transfer = {
        url: signed.url,
        method: signed.method,
        headers: { ...signed.headers },
        expires_at: signed.expiresAt.toISOString(),
      }
      return { status: 201, body: { id, transfer, expires_at: expiresAt.toISOString() } }
    })
  })
