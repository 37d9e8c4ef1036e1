import { BlobReader, BlobWriter, configure, ZipReader } from 'foliate-js/vendor/zip.js'
import { decodeMarkup } from './decode-markup.ts'

/** No part of a real book is larger; a bomb is refused before it grows. */
const MAX_ENTRY_BYTES = 512 * 1024 * 1024

/** What foliate-js asks of a container. */
export interface BookLoader {
  readonly entries: readonly { readonly filename: string }[]
  loadText(name: string): Promise<string | null>
  loadBlob(name: string, type?: string): Promise<Blob | null>
  getSize(name: string): number
  getComment(): Promise<string>
}

/**
 * A zip file as books need it: names are found as they stand, percent-decoded, or in another case, since books made on
 * forgiving file systems count on that; text is decoded by what it declares.
 */
export async function openZip(file: Blob): Promise<BookLoader> {
  configure({ useWebWorkers: false })
  const reader = new ZipReader(new BlobReader(file))
  const entries = (await reader.getEntries()).filter(({ directory }) => !directory)
  const exact = new Map(entries.map((entry) => [entry.filename, entry]))
  const folded = new Map(entries.map((entry) => [entry.filename.toLowerCase(), entry]))
  const find = (name: string) => {
    const plain = decodePath(name)
    return exact.get(name) ?? exact.get(plain) ?? folded.get(plain.toLowerCase())
  }
  const loadBlob = async (name: string, type = '') => {
    const entry = find(name)
    if (!entry?.getData) return null
    if (entry.uncompressedSize > MAX_ENTRY_BYTES) throw new Error(`${name} is too large.`)
    return entry.getData(new BlobWriter(type))
  }
  return {
    entries,
    loadBlob,
    loadText: async (name) => {
      const blob = await loadBlob(name)
      return blob && decodeMarkup(new Uint8Array(await blob.arrayBuffer()))
    },
    getSize: (name) => find(name)?.uncompressedSize ?? 0,
    getComment: async () => reader.comment ?? '',
  }
}

function decodePath(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
