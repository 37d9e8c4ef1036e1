import { createHash } from 'node:crypto'
import { limits } from '../limits.ts'
import type { EditionPicture } from './edition.ts'

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
}

/** The pictures of an edition, each kept once. Only raster pictures that come with the file: nothing is fetched. */
export class PictureStore {
  readonly pictures: EditionPicture[] = []
  readonly #files = new Map<string, string>()
  #bytes = 0

  /** Keeps the picture of a `data:` URI and gives its file; undefined for any other reference. */
  fromDataUri(uri: string): string | undefined {
    const match = /^\s*data:(image\/[a-z]+);base64,/i.exec(uri.slice(0, 100))
    if (!match) return undefined
    return this.add(Buffer.from(uri.slice(match[0].length), 'base64'), match[1] ?? '')
  }

  /** Keeps the picture and gives its file; undefined for types that are not shown and beyond the limit. */
  add(bytes: Uint8Array, mediaType: string, cover = false): string | undefined {
    const type = mediaType.toLowerCase().replace('image/jpg', 'image/jpeg')
    const extension = extensions[type]
    if (!extension || bytes.length === 0 || this.#bytes + bytes.length > limits.wholeFile) return undefined
    const digest = createHash('sha256').update(bytes).digest('hex')
    const known = this.#files.get(digest)
    if (known) return known
    const file = `image${this.pictures.length + 1}.${extension}`
    this.#bytes += bytes.length
    this.#files.set(digest, file)
    this.pictures.push({ file, mediaType: type, bytes, cover })
    return file
  }
}
