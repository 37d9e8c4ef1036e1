import { createHash } from 'node:crypto'
import { BlockStorage, type ReconcileStorage } from '@stoa/reconcile'
import { BoardFold, CHUNK_BYTES, type ContentRef, type ReadRecord, readManifest } from '@stoa/records'
import type { PeerId } from '../../../../platform/peers/peers.ts'
import { toBytes } from '../../hex.ts'
import type { BlobShelf, RecordShelf, Scope, Wanted, WantedPlace } from '../ports.ts'
import type { ReachWord } from '../wire.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Records and content of one simulated node. It lives on when the node's process is stopped. */
export class MemoryShelves implements RecordShelf, BlobShelf {
  readonly folds = new Map<string, BoardFold>()
  readonly #records = new Map<string, ReadRecord>()
  #index = { members: new BlockStorage(), public: new BlockStorage() }
  readonly #reaches = new Map<string, ReachWord>()
  readonly #blobs = new Map<string, Uint8Array>()
  readonly #whole = new Set<string>()
  readonly #chunks = new Map<string, readonly string[]>()
  readonly #inStep = new Map<PeerId, number>()
  readonly self: string

  constructor(self: string) {
    this.self = self
  }

  async index(scope: Scope): Promise<ReconcileStorage> {
    return this.#index[scope]
  }

  async read(ids: readonly string[], scope: Scope): Promise<readonly Uint8Array[]> {
    return ids.flatMap((id) => {
      const record = this.#records.get(id)
      return record && (scope === 'members' || this.#isPublic(boardOf(record))) ? [record.bytes] : []
    })
  }

  async here(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(ids.filter((id) => this.#records.has(id)))
  }

  async keep(records: readonly ReadRecord[]): Promise<readonly string[]> {
    const fresh = records.filter(({ id }) => !this.#records.has(id))
    for (const record of fresh) {
      this.#records.set(record.id, record)
      const board = boardOf(record)
      const seconds = Math.floor(record.record.createdAt / 1000)
      this.#index.members.insert(seconds, toBytes(record.id))
      if (this.#isPublic(board)) this.#index.public.insert(seconds, toBytes(record.id))
      const fold = this.folds.get(board) ?? new BoardFold(board)
      this.folds.set(board, fold)
      fold.apply(record)
    }
    return fresh.map(({ id }) => id)
  }

  async reaches(): Promise<readonly ReachWord[]> {
    return [...this.#reaches.values()]
  }

  async learnReaches(words: readonly ReachWord[]): Promise<void> {
    for (const word of words) {
      const known = this.#reaches.get(word.id)
      // As where a board's row is: what is said of one that is not here is not kept.
      if (!this.folds.has(word.id)) continue
      if (known && (known.at > word.at || (known.at === word.at && word.reach === 'public'))) continue
      this.#reaches.set(word.id, word)
      for (const record of this.#records.values()) {
        const seconds = Math.floor(record.record.createdAt / 1000)
        if (boardOf(record) !== word.id) continue
        if (word.reach === 'public') this.#index.public.insert(seconds, toBytes(record.id))
        else this.#index.public.delete(seconds, toBytes(record.id))
      }
    }
  }

  async nodeAuthor(): Promise<string> {
    return 'a1'.repeat(32)
  }

  async learnNodeAuthor(): Promise<void> {}

  async learnInStep(peer: PeerId, at: number): Promise<void> {
    this.#inStep.set(peer, at)
  }

  async peersKnown(): Promise<ReadonlyMap<PeerId, number>> {
    return new Map(this.#inStep)
  }

  async blob(digest: string, scope: Scope): Promise<Uint8Array | undefined> {
    return scope === 'members' || this.#isNamedPublic(digest) ? this.#blobs.get(digest) : undefined
  }

  async whole(digests: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(digests.filter((one) => this.#whole.has(one)))
  }

  async putWhole({ digest }: ContentRef, bytes: Uint8Array): Promise<void> {
    if (sha256(bytes) !== digest) throw new Error('unverified bytes were kept')
    this.#blobs.set(digest, bytes)
    this.#whole.add(digest)
  }

  async manifest({ digest }: ContentRef): Promise<Uint8Array | undefined> {
    return this.#blobs.get(digest)
  }

  async putManifest(content: ContentRef, bytes: Uint8Array): Promise<void> {
    this.#blobs.set(content.digest, bytes)
    this.#chunks.set(content.digest, readManifest(bytes, content).chunks)
  }

  async missingChunks({ digest }: ContentRef) {
    const chunks = this.#chunks.get(digest) ?? []
    return chunks
      .map((one, ordinal) => ({ ordinal, digest: one }))
      .filter((one) => !this.#blobs.has(one.digest))
  }

  async putChunk(_content: ContentRef, _ordinal: number, bytes: Uint8Array): Promise<void> {
    this.#blobs.set(sha256(bytes), bytes)
  }

  async complete({ digest }: ContentRef): Promise<void> {
    this.#whole.add(digest)
  }

  async wanted(after: WantedPlace | undefined, limit: number): Promise<readonly Wanted[]> {
    const all = [...this.folds.values()]
      .flatMap((fold) => [...this.#records.keys()].flatMap((id) => fold.item(id) ?? []))
      .filter(({ deleted, content }) => !deleted && !this.#whole.has(content.digest))
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
      .map(({ content, createdAt }) => ({ content, digest: content.digest, key: String(createdAt) }))
    const from = after ? all.findIndex((one) => one.digest === after.digest) + 1 : 0
    return all.slice(from, from + limit)
  }

  /** Content of any size, written here. */
  add(bytes: Uint8Array, content: ContentRef, manifest: Uint8Array | undefined): void {
    this.#whole.add(content.digest)
    if (!manifest) {
      this.#blobs.set(content.digest, bytes)
      return
    }
    this.#blobs.set(content.digest, manifest)
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES)
      this.#blobs.set(sha256(chunk), chunk)
    }
  }

  /** The bytes are gone: evicted, or the disk lost them. */
  drop(digest: string): void {
    this.#blobs.delete(digest)
    this.#whole.delete(digest)
  }

  /** The records are gone, as with a disk that was lost. */
  forget(): void {
    this.folds.clear()
    this.#records.clear()
    this.#reaches.clear()
    this.#index = { members: new BlockStorage(), public: new BlockStorage() }
  }

  /** Every board as this node sees it; equal texts are equal views. */
  view(): string {
    const boards = [...this.folds.values()].sort((a, b) => (a.boardId < b.boardId ? -1 : 1))
    return JSON.stringify(boards.map((fold) => fold.view()))
  }

  get size(): number {
    return this.#records.size
  }

  /** Bodies that are named and not here. */
  async missingBodies(): Promise<number> {
    return (await this.wanted(undefined, Number.MAX_SAFE_INTEGER)).length
  }

  #isPublic(board: string): boolean {
    return this.#reaches.get(board)?.reach === 'public'
  }

  #isNamedPublic(digest: string): boolean {
    return [...this.folds.values()].some(
      (fold) =>
        this.#isPublic(fold.boardId) &&
        [...this.#records.keys()].some((id) => fold.item(id)?.content.digest === digest),
    )
  }
}

const boardOf = ({ id, record }: ReadRecord): string => record.board ?? id
