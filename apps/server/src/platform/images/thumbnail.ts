import { sharp } from './guarded-sharp.ts'
import { openPicture } from './picture.ts'

/** What is kept of a picture beside its bytes: its measures as it is seen, and its colour as `#rrggbb`. */
export interface StoredImage {
  readonly width: number
  readonly height: number
  readonly thumbnail_width: number
  readonly thumbnail_height: number
  readonly color: string
}

/** A picture that was looked at, with a small one of it as WebP. */
export interface Thumbnail {
  readonly mediaType: string
  readonly image: StoredImage
  readonly bytes: Uint8Array
}

const BOX = 640

/** One picture at a time in this process: decoded it may take 200 MB. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Looks at the bytes themselves, whatever the file is called; they are read when it is their turn. `undefined` when it is no
 * picture that a browser shows, or one that cannot be decoded within bounds.
 */
export function thumbnailOf(read: () => Promise<Uint8Array>): Promise<Thumbnail | undefined> {
  const mine = last.then(async () => look(await read()))
  last = mine.catch(() => {})
  return mine
}

async function look(bytes: Uint8Array): Promise<Thumbnail | undefined> {
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
