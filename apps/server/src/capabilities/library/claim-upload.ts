import { createHash } from 'node:crypto'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { LibraryComponents } from './components.ts'
import { uploadExpired, uploadIncomplete, uploadNotFound } from './errors.ts'
import { contentKey, uploadKey } from './keys.ts'
import { lockDigest } from './store/digests.ts'
import { findUpload, markUploadUsed, rememberDigest } from './store/uploads.ts'

export interface ClaimedUpload {
  readonly uploadId: string
  readonly filename: string
  readonly size: number
  readonly sha256: string
}

type Components = Pick<LibraryComponents, 'database' | 'blobs' | 'clock'>

/**
 * Reads an uploaded file once, remembers its digest and moves it to the key of its content. Safe to repeat and to be cut off
 * at any point: the digest is written before the move, so a repetition finds the file on either side of it.
 *
 * @throws Problem 404 `upload.not_found`, 409 `upload.incomplete`, 410 `upload.expired`
 */
export async function claimUpload(
  components: Components,
  context: TenantContext,
  uploadId: string,
): Promise<ClaimedUpload> {
  const { database, blobs, clock } = components
  const { tenantId, accountId } = context
  const upload = await database.tenantRead(context, (tx) => findUpload(tx, accountId, uploadId))
  if (!upload) throw uploadNotFound()
  const { filename, size } = upload
  const staged = uploadKey(tenantId, uploadId)
  if (upload.sha256 !== null) {
    const key = contentKey(tenantId, upload.sha256)
    if ((await blobs.head(key)) ?? (await blobs.head(staged))) {
      await blobs.move(staged, key)
      return { uploadId, filename, size, sha256: upload.sha256 }
    }
  }
  if (upload.expires_at.getTime() < clock.now()) throw uploadExpired()
  const arrived = await blobs.head(staged)
  if (arrived?.size !== size) throw uploadIncomplete()
  const sha256 = await digest(components, staged)
  await database.tenant(context, async (tx) => {
    await lockDigest(tx, tenantId, sha256)
    if (!(await rememberDigest(tx, uploadId, sha256))) throw uploadNotFound()
  })
  await blobs.move(staged, contentKey(tenantId, sha256))
  return { uploadId, filename, size, sha256 }
}

/**
 * Says that the upload served its purpose. Until then it keeps the file from being cleared up, so this comes last in the
 * transaction that makes another row do so. @throws Problem 404 `upload.not_found` when it was cleared up meanwhile
 */
export async function completeUpload(tx: Tx, { uploadId }: ClaimedUpload): Promise<void> {
  if (!(await markUploadUsed(tx, uploadId))) throw uploadNotFound()
}

async function digest({ blobs }: Pick<Components, 'blobs'>, key: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of await blobs.get(key)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
