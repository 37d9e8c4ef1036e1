import sharp from 'sharp'
import { openPicture } from '../../../platform/images/picture.ts'
import type { StoredImage } from '../store/messages.ts'

export interface Thumbnail {
  readonly mediaType: string
  readonly image: StoredImage
  readonly bytes: Uint8Array
}

const BOX = 640

/**
 * Looks at the bytes themselves, whatever the file is called. `undefined` when it is no picture that a browser shows, or one that cannot be decoded within bounds.
 */
export async function thumbnailOf(bytes: Uint8Array): Promise<Thumbnail | undefined> {
  try {
    const picture = await openPicture(bytes)
    if (!picture) return undefined
    const { data, info } = await picture.source
      .timeout({ seconds: 10 })
      .autoOrient()
      .resize({ width: BOX, height: BOX, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80, effort: 3 })
      .toBuffer({ resolveWithObject: true })
    const { dominant } = await sharp(data).stats()
    const image = {
      width: picture.width,
      height: picture.height,
      thumbnail_width: info.width,
      thumbnail_height: info.height,
      color: `#${[dominant.r, dominant.g, dominant.b].map(hex).join('')}`,
    }
    return { mediaType: picture.mediaType, image, bytes: new Uint8Array(data) }
  } catch {
    return undefined
  }
}

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0')
