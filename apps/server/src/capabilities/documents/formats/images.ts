import { buffer } from 'node:stream/consumers'
import { MOST_PIXELS, sharp } from '../../../platform/images/guarded-sharp.ts'
import type { DocumentsComponents } from '../components.ts'
import { exportTooLarge } from '../errors.ts'
import { fileKey } from '../keys.ts'
import type { ReadyFile } from '../store/files.ts'

/** An image as a file carries it: PNG, JPEG or GIF, which every reader and every Word shows. */
export interface CarriedImage {
  readonly bytes: Uint8Array
  readonly type: 'png' | 'jpg' | 'gif'
  readonly mediaType: string
  readonly width: number
  readonly height: number
}

export type Images = ReadonlyMap<string, CarriedImage>

const CARRIED: Readonly<Record<string, CarriedImage['type']>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
}
/** All images of one file together. */
const MOST_BYTES = 100 * 1024 * 1024

/** The images of a document, each read once; what is neither PNG, JPEG nor GIF becomes PNG. @throws Problem 422 */
export async function carriedImages(
  { blobs }: Pick<DocumentsComponents, 'blobs'>,
  tenantId: string,
  files: readonly ReadyFile[],
): Promise<Images> {
  const images = new Map<string, CarriedImage>()
  let total = 0
  for (const { id, media_type, image } of files) {
    const bytes = await buffer(await blobs.get(fileKey(tenantId, id)))
    const type = CARRIED[media_type]
    const carried =
      type === undefined
        ? { bytes: await asPng(bytes), type: 'png' as const, mediaType: 'image/png' }
        : { bytes, type, mediaType: media_type }
    total += carried.bytes.length
    if (total > MOST_BYTES) throw exportTooLarge()
    images.set(id, { ...carried, width: image.width, height: image.height })
  }
  return images
}

const asPng = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp(bytes, { limitInputPixels: MOST_PIXELS, pages: 1 }).autoOrient().png().toBuffer(),
  )
