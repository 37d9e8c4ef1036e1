import { Readable } from 'node:stream'
import type { Clock } from '@stoa/kernel'
import type { BlobInfo, BlobStore, ByteRange, SignedUrl } from '../blobs.ts'
import { boundedChunks } from '../body.ts'
import { BlobError, BlobNotFound } from '../errors.ts'
import { checkKey, checkPrefix } from '../key.ts'
import type { UrlSigner } from '../signed/grant.ts'

/** Blobs that end with the process: for tests. Behaves as the real ones do, which its acceptance run proves. */
export class MemoryBlobs implements BlobStore {
  readonly #blobs = new Map<string, { info: BlobInfo; bytes: Uint8Array }>()
  readonly #signer: UrlSigner
  readonly #clock: Clock
  #writes = 0

  constructor(options: { signer: UrlSigner; clock: Clock }) {
    this.#signer = options.signer
    this.#clock = options.clock
  }

  async put(key: string, body: Readable | Uint8Array, options: { maxBytes: number }): Promise<BlobInfo> {
    checkKey(key)
    const chunks: Uint8Array[] = []
    for await (const chunk of boundedChunks(body, options.maxBytes)) chunks.push(Uint8Array.from(chunk))
    const bytes = Buffer.concat(chunks)
    this.#writes++
    const info = {
      key,
      size: bytes.length,
      version: `m${this.#writes}`,
      modifiedAt: new Date(this.#clock.now()),
    }
    this.#blobs.set(key, { info, bytes })
    return info
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    checkKey(key)
    const blob = this.#blobs.get(key)
    if (!blob) throw new BlobNotFound(key)
    if (range && range.start >= blob.info.size) {
      throw new BlobError('blob.range_unsatisfiable', 'That part is past the end of the file.', {
        details: { size: blob.info.size },
      })
    }
    const bytes = range ? blob.bytes.subarray(range.start, range.end + 1) : blob.bytes
    return Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false })
  }

  async head(key: string): Promise<BlobInfo | undefined> {
    checkKey(key)
    return this.#blobs.get(key)?.info
  }

  async move(from: string, to: string): Promise<void> {
    checkKey(from)
    checkKey(to)
    const blob = this.#blobs.get(from)
    if (!blob && !this.#blobs.has(to)) throw new BlobNotFound(from)
    if (!blob || from === to) return
    if (!this.#blobs.has(to)) this.#blobs.set(to, { ...blob, info: { ...blob.info, key: to } })
    this.#blobs.delete(from)
  }

  async delete(key: string): Promise<void> {
    checkKey(key)
    this.#blobs.delete(key)
  }

  async *list(prefix: string): AsyncGenerator<BlobInfo> {
    checkPrefix(prefix)
    for (const key of [...this.#blobs.keys()].sort()) {
      const blob = this.#blobs.get(key)
      if (blob && key.startsWith(prefix)) yield blob.info
    }
  }

  async signPut(
    key: string,
    options: { contentType: string; size: number; expiresInSeconds: number },
  ): Promise<SignedUrl> {
    checkKey(key)
    const { contentType, size, expiresInSeconds } = options
    return this.#signer.sign({ method: 'PUT', key, contentType, size }, expiresInSeconds)
  }

  async signGet(
    key: string,
    options: { contentType: string; downloadName?: string; expiresInSeconds: number },
  ): Promise<SignedUrl> {
    checkKey(key)
    const { expiresInSeconds, ...grant } = options
    return this.#signer.sign({ method: 'GET', key, ...grant }, expiresInSeconds)
  }
}
