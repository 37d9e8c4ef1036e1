import { fromHex } from './bytes.ts'
import type { Plain } from './canonical.ts'
import { Fields } from './fields.ts'

/** Content up to this size is one blob; larger content is a manifest of chunks of this size (CHUNK-1). */
export const CHUNK_BYTES = 1_048_576
/** Largest content: what a manifest of 64 KiB can list. */
export const MAX_CONTENT_BYTES = 1900 * CHUNK_BYTES

/** What a record says about content kept apart from it. */
export interface ContentRef {
  /** SHA-256 in hexadecimal: of the content up to 1 MiB, above that of its manifest. `cidOf` makes the CID. */
  readonly digest: string
  /** Bytes of the content. */
  readonly size: number
  /** Media type. */
  readonly type: string
}

/** An image of a post: itself, its thumbnail, and its size in pixels. */
export interface MediaRef {
  readonly image: ContentRef
  readonly thumb: ContentRef
  readonly width: number
  readonly height: number
}

export function contentPlain({ digest, size, type }: ContentRef): Plain {
  return { digest: fromHex(digest), size, type }
}

export function readContent(value: Plain): ContentRef {
  const fields = new Fields(value, 'content')
  const content = {
    digest: fields.hash('digest'),
    size: fields.number('size', MAX_CONTENT_BYTES),
    type: fields.text('type', 128),
  }
  fields.end()
  return content
}

export function mediaPlain({ image, thumb, width, height }: MediaRef): Plain {
  return { image: contentPlain(image), thumb: contentPlain(thumb), width, height }
}

export function readMedia(value: Plain): MediaRef {
  const fields = new Fields(value, 'media')
  const media = {
    image: readContent(fields.take('image')),
    thumb: readContent(fields.take('thumb')),
    width: fields.number('width', 65_535, 1),
    height: fields.number('height', 65_535, 1),
  }
  fields.end()
  return media
}
