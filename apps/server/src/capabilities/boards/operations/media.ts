import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { uuidv7 } from '@stoa/kernel'
import { ContentHasher, type ContentRef, type MediaRef, readManifest } from '@stoa/records'
import type { Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { Encoded } from '../../../platform/images/prepare.ts'
import type { BoardParts } from '../components.ts'
import { storedKey, uploadKey } from '../content/keys.ts'
import { mediaMissing, mediaUnusable } from '../errors.ts'
import { imagesOf } from '../present.ts'
import { findContents, putStored } from '../store/contents.ts'
import { insertManifest } from '../store/plane.ts'
import { findUpload, finishUpload, insertUpload } from '../store/uploads.ts'

const UPLOAD_SECONDS = 3600
const CONTENT_TYPE = 'application/octet-stream'

export const createBoardMedia = ({ clock, blobs }: BoardParts): Operation =>
  operation('createBoardMedia', (request) =>
    request.write(async (tx) => {
      const { tenantId, accountId } = request.context
      const { size } = request.body
      const id = uuidv7(clock)
      await insertUpload(tx, tenantId, { id, accountId, size, at: new Date(clock.now()) })
      const options = { contentType: CONTENT_TYPE, size, expiresInSeconds: UPLOAD_SECONDS }
      const { url, method, headers, expiresAt } = await blobs.signPut(uploadKey(tenantId, id), options)
      const put = { url, method, headers: { ...headers }, expires_at: expiresAt.toISOString() }
      return { status: 201, body: { id, put } }
    }),
  )

/** The image is prepared outside any transaction: that takes a while. */
export const completeBoardMedia = (parts: BoardParts): Operation =>
  operation('completeBoardMedia', async (request) => {
    const { tenantId, accountId } = request.context
    const { upload_id: id } = request.params
    const row = await request.read((tx) => findUpload(tx, accountId, id))
    if (!row) throw notFound('upload')
    const kept = row.media === null ? await keep(parts, tenantId, id, row.size) : undefined
    const media = kept?.media ?? row.media
    if (!media) throw mediaUnusable()
    const reply = await request.write(async (tx) => {
      for (const one of kept?.stored ?? []) await record(parts, tx, tenantId, one)
      await finishUpload(tx, id, media)
      const here = await findContents(tx, [media.image.digest, media.thumb.digest])
      const [image] = await imagesOf(parts, tenantId, [media], here, true)
      if (!image) throw new TypeError('One image gives one view.')
      return { status: 200, body: { id, image } }
    })
    await parts.blobs.delete(uploadKey(tenantId, id))
    return reply
  })

interface Stored {
  readonly content: ContentRef
  readonly manifest: Uint8Array | undefined
}

/** @throws Problem 409 `media.incomplete`, 422 `media.unusable` */
async function keep(
  { blobs, images }: BoardParts,
  tenantId: string,
  id: string,
  size: number,
): Promise<{ media: MediaRef; stored: Stored[] }> {
  const key = uploadKey(tenantId, id)
  if ((await blobs.head(key))?.size !== size) throw mediaMissing()
  const prepared = await images.prepare(new Uint8Array(await buffer(await blobs.get(key))))
  if (!prepared) throw mediaUnusable()
  const store = async ({ bytes, mediaType }: Encoded): Promise<Stored> => {
    const hasher = new ContentHasher(() => createHash('sha256'))
    hasher.update(bytes)
    const stored = hasher.finish(mediaType)
    const options = { contentType: mediaType, maxBytes: bytes.length }
    await blobs.put(storedKey(tenantId, stored.content.digest), bytes, options)
    return stored
  }
  const [image, thumb] = [await store(prepared.image), await store(prepared.thumb)]
  const { width, height } = prepared.image
  return { media: { image: image.content, thumb: thumb.content, width, height }, stored: [image, thumb] }
}

async function record(
  { clock }: BoardParts,
  tx: Tx,
  tenantId: string,
  { content, manifest }: Stored,
): Promise<void> {
  const at = new Date(clock.now())
  await putStored(tx, tenantId, content, manifest, { authored: true, at })
  if (!manifest) return
  await insertManifest(tx, tenantId, content.digest, manifest, readManifest(manifest, content).chunks)
}
