import { createCipheriv, createHash } from 'node:crypto'
import { CHUNK_BYTES, ContentHasher, type ContentRef } from '@stoa/records'

/** What is offered in one round; other bytes in every round. */
export interface Offer {
  readonly seed: number
  readonly count: number
  /** Bytes of each. */
  readonly size: number
}

export interface Content {
  readonly ref: ContentRef
  readonly bytes: Uint8Array
  /** Above 1 MiB: what `ref.digest` is the hash of. */
  readonly manifest: Uint8Array | undefined
}

export function contentsOf({ seed, count, size }: Offer): Content[] {
  // A key stream: random enough, and faster than anything that is measured.
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, `${seed}`), Buffer.alloc(16))
  const next = Buffer.alloc(size)
  return Array.from({ length: count }, () => {
    const bytes = new Uint8Array(cipher.update(next))
    const hasher = new ContentHasher(() => createHash('sha256'))
    hasher.update(bytes)
    const { content, manifest } = hasher.finish('application/octet-stream')
    return { ref: content, bytes, manifest }
  })
}

/** A content as the blobs of at most 1 MiB that it travels as; its manifest is the first. */
export function blobsOf({ bytes, manifest }: Content): Uint8Array[] {
  if (!manifest) return [bytes]
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) chunks.push(bytes.subarray(at, at + CHUNK_BYTES))
  return [manifest, ...chunks]
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** One hash over contents, each given in parts, in their order. */
export async function hashOfAll(contents: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of contents) hash.update(part)
  return hash.digest('hex')
}
