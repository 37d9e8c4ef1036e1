import { type ContentRef, readManifest } from '@stoa/records'
import type { BlobShelf } from '@stoa/server/capabilities/boards/plane/ports.ts'
import { blobsOf, type Content, sha256 } from '../contents.ts'

/** Content in a map, as the other contestants keep theirs: what comes in was verified by the plane, and is not hashed again. */
export class MapShelf implements BlobShelf {
  readonly #blobs = new Map<string, Uint8Array>()
  readonly #whole = new Set<string>()
  readonly #chunks = new Map<string, readonly string[]>()

  add(content: Content): void {
    for (const blob of blobsOf(content)) this.#blobs.set(sha256(blob), blob)
    this.#whole.add(content.ref.digest)
  }

  forget(): void {
    for (const map of [this.#blobs, this.#whole, this.#chunks]) map.clear()
  }

  /** Bytes of a content that is here with all its parts. */
  *read(content: ContentRef): Iterable<Uint8Array> {
    const first = this.#blobs.get(content.digest)
    if (!first || !this.#whole.has(content.digest)) throw new Error('It is not whole.')
    if (first.length === content.size) yield first
    else
      for (const digest of readManifest(first, content).chunks)
        yield this.#blobs.get(digest) ?? new Uint8Array()
  }

  async blob(digest: string): Promise<Uint8Array | undefined> {
    return this.#blobs.get(digest)
  }

  async whole(digests: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(digests.filter((one) => this.#whole.has(one)))
  }

  async putWhole({ digest }: ContentRef, bytes: Uint8Array): Promise<void> {
    this.#blobs.set(digest, bytes)
    this.#whole.add(digest)
  }

  async manifest({ digest }: ContentRef): Promise<Uint8Array | undefined> {
    return this.#blobs.get(digest)
  }

  async putManifest({ digest }: ContentRef, bytes: Uint8Array, chunks: readonly string[]): Promise<void> {
    this.#blobs.set(digest, bytes)
    this.#chunks.set(digest, chunks)
  }

  async missingChunks({ digest }: ContentRef) {
    const all = (this.#chunks.get(digest) ?? []).map((one, ordinal) => ({ ordinal, digest: one }))
    return all.filter((one) => !this.#blobs.has(one.digest))
  }

  async putChunk({ digest }: ContentRef, ordinal: number, bytes: Uint8Array): Promise<void> {
    const chunk = this.#chunks.get(digest)?.[ordinal]
    if (chunk !== undefined) this.#blobs.set(chunk, bytes)
  }

  async complete({ digest }: ContentRef): Promise<void> {
    this.#whole.add(digest)
  }

  async wanted(): Promise<readonly []> {
    return []
  }
}
