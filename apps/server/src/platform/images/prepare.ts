import { openPicture } from './picture.ts'

/** Bytes of a picture, fit to be shown to others. */
export interface Encoded {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly width: number
  readonly height: number
}

export interface PreparedImage {
  readonly image: Encoded
  readonly thumb: Encoded
}

const LARGEST = 4096
const THUMB = 480
const SECONDS = 20

/**
 * Re-encodes a picture as WebP, without anything that it tells about its place or camera, and makes its thumbnail. The
 * original stays where it is smaller, has nothing to tell and fits the bounds. `undefined`: no picture, or one that cannot
 * be decoded within bounds.
 */
export async function prepareImage(bytes: Uint8Array): Promise<PreparedImage | undefined> {
  try {
    const picture = await openPicture(bytes, true)
    if (!picture) return undefined
    const moving = ((await picture.source.metadata()).pages ?? 1) > 1
    const image = await encode(bytes, LARGEST, moving, picture.mediaType === 'image/png')
    const thumb = await encode(bytes, THUMB, false, false)
    const small = picture.width <= LARGEST && picture.height <= LARGEST
    const keep = bytes.length <= image.bytes.length && !picture.hasMetadata && small
    return { image: keep ? { ...image, bytes, mediaType: picture.mediaType } : image, thumb }
  } catch {
    return undefined
  }
}

async function encode(bytes: Uint8Array, box: number, moving: boolean, drawn: boolean): Promise<Encoded> {
  const picture = await openPicture(bytes, moving)
  if (!picture) throw new TypeError('It was a picture a moment ago.')
  const { data, info } = await picture.source
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .resize({ width: box, height: box, fit: 'inside', withoutEnlargement: true })
    .webp(drawn ? { quality: 80, nearLossless: true, effort: 4 } : { quality: 80, effort: 4 })
    .toBuffer({ resolveWithObject: true })
  // Of a moving picture all frames stand below each other.
  const height = info.pageHeight ?? info.height
  return { bytes: new Uint8Array(data), mediaType: 'image/webp', width: info.width, height }
}
