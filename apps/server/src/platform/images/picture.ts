/** Pictures from strangers, opened within bounds. */
import type { Sharp } from 'sharp'
import { MOST_PIXELS, sharp } from './guarded-sharp.ts'

/** Only what browsers show: everything else is a file like any other. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  heif: 'image/avif',
}

export interface Picture {
  readonly mediaType: string
  /** As it is seen: turned the right way round. */
  readonly width: number
  readonly height: number
  /** Says where, when or with what it was made, or carries other people's data. */
  readonly hasMetadata: boolean
  readonly source: Sharp
}

/**
 * Looks at the bytes themselves, whatever the file is called. `undefined` when it is no picture that a browser shows.
 * `frames`: all of a moving one; otherwise the first. @throws when it cannot be decoded within bounds
 */
export async function openPicture(bytes: Uint8Array, frames = false): Promise<Picture | undefined> {
  const source = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: frames ? -1 : 1 })
  const { format, compression, autoOrient, exif, xmp, iptc, comments } = await source.metadata()
  const mediaType = MEDIA_TYPES[format ?? '']
  if (mediaType === undefined || (format === 'heif' && compression !== 'av1')) return undefined
  const hasMetadata = [exif, xmp, iptc, comments].some((one) => one !== undefined)
  return { mediaType, ...{ width: autoOrient.width, height: autoOrient.height }, hasMetadata, source }
}
