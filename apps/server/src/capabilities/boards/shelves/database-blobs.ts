import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Clock } from '@stoa/kernel'
import { CHUNK_BYTES, type ContentRef, cidOf } from '@stoa/records'
import type { BlobStore } from '../../../platform/blobs/blobs.ts'
import { BlobNotFound } from '../../../platform/blobs/errors.ts'
import type { Database, Tx } from '../../../platform/database/database.ts'
import { chunkKey, INLINE_BYTES, storedKey } from '../content/keys.ts'
import { contentChanged } from '../events.ts'
import type { BlobShelf, Scope, Wanted, WantedPlace } from '../plane/ports.ts'
import { indexBody, type SearchWriter } from '../searchable.ts'
import type { Policy } from '../store/boards.ts'
import { findContent, putInline, putStored } from '../store/contents.ts'
import {
  countChunks,
  findBlob,
  type HeldBlob,
  insertManifest,
  isNamed,
  markChunk,
  markLost,
  missingChunkRows,
  unmarkChunks,
  type WantedPolicy,
  wantedRows,
  wholeOnes,
} from '../store/plane.ts'
import { type TenantScope, tenantScope } from './tenant-scope.ts'

const RECENT_MS = 30 * 86_400_000

export const wantedPolicy = (standard: Policy, now: number): WantedPolicy => ({
  standard,
  recentAfter: new Date(now - RECENT_MS),
})

interface Parts {
  readonly database: Database
  readonly blobs: BlobStore
  readonly tenantId: string
  readonly clock: Clock
  readonly search: SearchWriter
  /** What this node fetches by itself, where a board does not say. */
  readonly policy: Policy
  /** Read, so that it is not the next to be given up. */
  readonly onUsed: (digest: string) => void
}

/** Content of one organisation, in the database and in blob storage. */
export class DatabaseBlobs implements BlobShelf {
  readonly #parts: Parts
  readonly #scope: TenantScope

  constructor(parts: Parts) {
    this.#parts = parts
    this.#scope = tenantScope(parts.database, parts.tenantId)
  }

  async blob(digest: string, scope: Scope): Promise<Uint8Array | undefined> {
    const found = await this.#scope.read((tx) => findBlob(tx, digest, scope === 'public'))
    if (!found) return undefined
    this.#parts.onUsed(found.content)
    if (found.bytes) return new Uint8Array(found.bytes)
    try {
      return await this.#stored(found)
    } catch (error) {
      if (!(error instanceof BlobNotFound)) throw error
      await this.lost(found.content)
      return undefined
    }
  }

  /** The bytes are not where they should be. */
  async lost(digest: string): Promise<void> {
    await this.#scope.write(async (tx) => {
      await markLost(tx, digest)
      await unmarkChunks(tx, digest)
    })
  }

  async #stored({ content, ordinal, chunk_held, in_storage }: HeldBlob): Promise<Uint8Array> {
    const { blobs, tenantId } = this.#parts
    if (ordinal === null) return buffer(await blobs.get(storedKey(tenantId, content)))
    if (chunk_held && !in_storage) return buffer(await blobs.get(chunkKey(tenantId, content, ordinal)))
    const start = ordinal * CHUNK_BYTES
    return buffer(await blobs.get(storedKey(tenantId, content), { start, end: start + CHUNK_BYTES - 1 }))
  }

  async whole(digests: readonly string[]): Promise<ReadonlySet<string>> {
    const whole = await this.#scope.read((tx) => wholeOnes(tx, digests))
    for (const digest of whole) this.#parts.onUsed(digest)
    return new Set(whole)
  }

  async putWhole(content: ContentRef, bytes: Uint8Array): Promise<void> {
    const { blobs, tenantId } = this.#parts
    const inline = bytes.length <= INLINE_BYTES && content.type.startsWith('text/')
    if (!inline) {
      const options = { contentType: content.type, maxBytes: content.size }
      await blobs.put(storedKey(tenantId, content.digest), bytes, options)
    }
    await this.#whole(content, (tx, at) =>
      inline
        ? putInline(tx, tenantId, content, bytes, { authored: false, at })
        : putStored(tx, tenantId, content, undefined, { authored: false, at }),
    )
  }

  async manifest({ digest }: ContentRef): Promise<Uint8Array | undefined> {
    const row = await this.#scope.read((tx) => findContent(tx, digest))
    return row?.bytes ? new Uint8Array(row.bytes) : undefined
  }

  putManifest({ digest }: ContentRef, bytes: Uint8Array, chunks: readonly string[]): Promise<void> {
    const { tenantId } = this.#parts
    return this.#scope.write((tx) => insertManifest(tx, tenantId, digest, bytes, chunks))
  }

  missingChunks({ digest }: ContentRef) {
    return this.#scope.read((tx) => missingChunkRows(tx, digest))
  }

  async putChunk({ digest, type }: ContentRef, ordinal: number, bytes: Uint8Array): Promise<void> {
    const { blobs, tenantId } = this.#parts
    const key = chunkKey(tenantId, digest, ordinal)
    await blobs.put(key, bytes, { contentType: type, maxBytes: CHUNK_BYTES })
    await this.#scope.write((tx) => markChunk(tx, digest, ordinal))
  }

  /** Puts the chunks together into one file; a crash before the end leaves them as they are. */
  async complete(content: ContentRef): Promise<void> {
    const { blobs, tenantId } = this.#parts
    const { digest, size, type } = content
    const count = await this.#scope.read((tx) => countChunks(tx, digest))
    const parts = async function* () {
      for (let at = 0; at < count; at++) yield* await blobs.get(chunkKey(tenantId, digest, at))
    }
    const options = { contentType: type, maxBytes: size }
    await blobs.put(storedKey(tenantId, digest), Readable.from(parts(), { objectMode: false }), options)
    await this.#whole(content, async (tx, at) => {
      await putStored(tx, tenantId, content, undefined, { authored: false, at })
      await unmarkChunks(tx, digest)
    })
    for (let at = 0; at < count; at++) await blobs.delete(chunkKey(tenantId, digest, at))
  }

  async wanted(after: WantedPlace | undefined, limit: number): Promise<readonly Wanted[]> {
    const { clock, policy } = this.#parts
    const rows = await this.#scope.read((tx) =>
      wantedRows(tx, wantedPolicy(policy, clock.now()), after, limit),
    )
    return rows.map(({ digest, size, media_type: type, key }) => ({
      content: { digest, size, type },
      digest,
      key,
    }))
  }

  /** What was taken back while it was on its way is not kept. */
  #whole(content: ContentRef, put: (tx: Tx, at: Date) => Promise<void>): Promise<void> {
    const { clock, search, tenantId } = this.#parts
    return this.#scope.write(async (tx) => {
      if (!(await isNamed(tx, content.digest))) return
      await put(tx, new Date(clock.now()))
      await indexBody(tx, search, tenantId, content.digest)
      await contentChanged(tx, [cidOf(content.digest)], 'present')
    })
  }
}
