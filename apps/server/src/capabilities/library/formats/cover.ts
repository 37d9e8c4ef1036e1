import { MOST_PIXELS, sharp } from '../../../platform/images/guarded-sharp.ts'
import type { BookCover } from './types.ts'

/** A cover as the library shows it: WebP in two sizes, the measures of the large one, and its colour as `#rrggbb`. */
export interface ProcessedCover {
  small: Uint8Array<ArrayBuffer>
  large: Uint8Array<ArrayBuffer>
  width: number
  height: number
  color: string
}

/** Boxes that the pictures fit into: a cell of the grid and the book's page, on screens with two pixels to a point. */
const small = { width: 320, height: 480 }
const large = { width: 800, height: 1200 }

/** Decodes the picture within bounds and makes both sizes; undefined when it cannot be decoded. Metadata is left behind. */
export async function processCover(cover: BookCover): Promise<ProcessedCover | undefined> {
  try {
    const { data, info } = await shrink(cover.bytes, large)
    const fits = info.width <= small.width && info.height <= small.height
    const smaller = fits ? data : (await shrink(data, small)).data
    const { dominant } = await sharp(smaller).stats()
    return {
      small: new Uint8Array(smaller),
      large: new Uint8Array(data),
      width: info.width,
      height: info.height,
      color: `#${[dominant.r, dominant.g, dominant.b].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`,
    }
  } catch {
    return undefined
  }
}

function shrink(bytes: Uint8Array, box: { width: number; height: number }) {
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1, sequentialRead: true })
    .timeout({ seconds: 10 })
    .autoOrient()
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .webp({ quality: 80, effort: 3 })
    .toBuffer({ resolveWithObject: true })
}
