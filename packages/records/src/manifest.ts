import { sha256 } from '@noble/hashes/sha2.js'
import { fromHex, toHex } from './bytes.ts'
import { decodeCanonical, encodeCanonical } from './canonical.ts'
import { CHUNK_BYTES, type ContentRef, MAX_CONTENT_BYTES } from './content.ts'
import { malformed, RecordError } from './errors.ts'
import { Fields } from './fields.ts'

/** The chunks of content above 1 MiB: each is a blob of its own, fetched and verified by itself (CHUNK-1). */
export interface Manifest {
  readonly size: number
  readonly type: string
  /** SHA-256 of each chunk, in hexadecimal. All but the last chunk have 1 MiB. */
  readonly chunks: readonly string[]
}

/** A hash in the making: `createHash('sha256')` of Node is one, and the fastest. */
export interface StreamHash {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}
/** Begins a SHA-256; once for each blob. */
export type CreateHash = () => StreamHash

/** Largest manifest, in bytes (CHUNK-1). */
export const MANIFEST_BYTES = 65_536
const portableHash: CreateHash = () => sha256.create()

/** The one canonical form of a manifest; its SHA-256 names the content. */
export function encodeManifest({ size, type, chunks }: Manifest): Uint8Array {
  return encodeCanonical({ v: 1, size, type, chunk: CHUNK_BYTES, chunks: chunks.map(fromHex) })
}

/** Reads the manifest that `ref` names: its hash, and that it speaks of the same size and type (CHUNK-2). */
export function readManifest(bytes: Uint8Array, ref: ContentRef): Manifest {
  if (toHex(sha256(bytes)) !== ref.digest)
    throw new RecordError(
      'content.wrong_bytes',
      'These are not the bytes of the manifest that was asked for.',
    )
  const fields = new Fields(decodeCanonical(bytes, MANIFEST_BYTES), 'manifest')
  fields.number('v', 1, 1)
  fields.number('chunk', CHUNK_BYTES, CHUNK_BYTES)
  const manifest = {
    size: fields.number('size', MAX_CONTENT_BYTES, CHUNK_BYTES + 1),
    type: fields.text('type', 128),
    chunks: fields.list('chunks', MAX_CONTENT_BYTES / CHUNK_BYTES, (value) => {
      if (!(value instanceof Uint8Array) || value.length !== 32) throw malformed('A chunk has no hash.')
      return toHex(value)
    }),
  }
  fields.end()
  if (manifest.chunks.length !== Math.ceil(manifest.size / CHUNK_BYTES))
    throw malformed('Chunks do not add up to the size.')
  if (manifest.size !== ref.size || manifest.type !== ref.type)
    throw malformed('The record says otherwise than the manifest.')
  return manifest
}

/** Hashes content of any length as it flows by: gives its reference, and its manifest when it is above 1 MiB. */
export class ContentHasher {
  readonly #createHash: CreateHash
  #hash: StreamHash
  #filled = 0
  #size = 0
  readonly #chunks: string[] = []

  constructor(createHash: CreateHash = portableHash) {
    this.#createHash = createHash
    this.#hash = createHash()
  }

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#filled === CHUNK_BYTES) this.#next()
      const part = bytes.subarray(at, at + CHUNK_BYTES - this.#filled)
      this.#hash.update(part)
      this.#filled += part.length
      at += part.length
    }
    this.#size += bytes.length
    if (this.#size > MAX_CONTENT_BYTES) throw new RecordError('content.too_long', 'No content is so large.')
  }

  finish(type: string): { readonly content: ContentRef; readonly manifest: Uint8Array | undefined } {
    this.#next()
    const [only] = this.#chunks
    if (this.#size <= CHUNK_BYTES)
      return { content: { digest: only!, size: this.#size, type }, manifest: undefined }
    const manifest = encodeManifest({ size: this.#size, type, chunks: this.#chunks })
    return { content: { digest: toHex(sha256(manifest)), size: this.#size, type }, manifest }
  }

  #next(): void {
    this.#chunks.push(toHex(this.#hash.digest()))
    this.#hash = this.#createHash()
    this.#filled = 0
  }
}

/**
 * Verifies content as it arrives, whatever the pieces; keeps a hash and two numbers. Only what `verified` counts may be
 * used: a chunk is known to be right when it is whole. Begin at a later chunk to go on where a transfer broke off.
 */
export class StreamVerifier {
  readonly #digests: readonly string[]
  readonly #size: number
  readonly #createHash: CreateHash
  #hash: StreamHash
  #received: number
  #chunk: number

  /** For a manifest, or for a single blob; `firstChunk` chunks are there already. */
  constructor(source: Manifest | ContentRef, firstChunk = 0, createHash: CreateHash = portableHash) {
    this.#digests = 'chunks' in source ? source.chunks : [source.digest]
    if (this.#digests.length === 1 && source.size > CHUNK_BYTES)
      throw malformed('Content above 1 MiB is verified by its manifest.')
    this.#size = source.size
    this.#createHash = createHash
    this.#hash = createHash()
    this.#chunk = firstChunk
    this.#received = Math.min(firstChunk * CHUNK_BYTES, source.size)
  }

  /** Bytes from the beginning of the content that are known to be right. */
  get verified(): number {
    return Math.min(this.#chunk * CHUNK_BYTES, this.#size)
  }

  /** Takes the next bytes. Throws at once when there are too many, and when a chunk is whole and wrong. */
  push(bytes: Uint8Array): void {
    if (this.#received + bytes.length > this.#size)
      throw new RecordError('content.too_long', `More than the ${this.#size} bytes that were declared.`)
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min((this.#chunk + 1) * CHUNK_BYTES, this.#size)
      const part = bytes.subarray(at, at + end - this.#received)
      this.#hash.update(part)
      this.#received += part.length
      at += part.length
      if (this.#received === end) this.#close()
    }
  }

  /** Throws `content.too_short` unless everything came. */
  end(): void {
    if (this.#size === 0 && this.#chunk === 0) this.#close()
    if (this.#received < this.#size)
      throw new RecordError('content.too_short', `${this.#received} bytes of ${this.#size}.`)
  }

  #close(): void {
    const digest = toHex(this.#hash.digest())
    if (digest !== this.#digests[this.#chunk])
      throw new RecordError('content.wrong_bytes', `Chunk ${this.#chunk} is not what was asked for.`)
    this.#chunk++
    this.#hash = this.#createHash()
  }
}
