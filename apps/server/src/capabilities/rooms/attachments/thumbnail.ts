import sharp from 'sharp'
import type { StoredImage } from '../store/messages.ts'

export interface Thumbnail {
  readonly mediaType: string
  readonly image: StoredImage
  readonly bytes: Uint8Array
}

// Loaders that run interpreters or delegates; pictures come from strangers. The library's own worker does the same for covers.
sharp.block({
  operation: [
    'VipsForeignLoadSvg',
    'VipsForeignLoadPdf',
    'VipsForeignLoadMagick',
    'VipsForeignLoadOpenslide',
    'VipsForeignLoadMat',
  ],
})
sharp.concurrency(1)
sharp.cache(false)

const BOX = 640
/** Most pixels a picture may have: 200 MB once decoded. */
const MOST_PIXELS = 50e6

/** Only what browsers show: everything else is a file like any other. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  heif: 'image/avif',
}

/**
 * Looks at the bytes themselves, whatever the file is called. `undefined` when it is no picture that a browser shows, or one that cannot be decoded within bounds.
 */
export async function thumbnailOf(bytes: Uint8Array): Promise<Thumbnail | undefined> {
  try {
    const source = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
    const { format, compression, autoOrient } = await source.metadata()
    const mediaType = MEDIA_TYPES[format ?? '']
    if (mediaType === undefined || (format === 'heif' && compression !== 'av1')) return undefined
    const { data, info } = await source
      .timeout({ seconds: 10 })
      .autoOrient()
      .resize({ width: BOX, height: BOX, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80, effort: 3 })
      .toBuffer({ resolveWithObject: true })
    const { dominant } = await sharp(data).stats()
    const image = {
      width: autoOrient.width,
      height: autoOrient.height,
      thumbnail_width: info.width,
      thumbnail_height: info.height,
      color: `#${[dominant.r, dominant.g, dominant.b].map(hex).join('')}`,
    }
    return { mediaType, image, bytes: new Uint8Array(data) }
  } catch {
    return undefined
  }
}

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0')
