/** What the content plane stands on: so that networks of many nodes run in a test without databases. */

import type { ReconcileStorage } from '@stoa/reconcile'
import type { ContentRef, ReadRecord } from '@stoa/records'
import type { PeerId } from '../../../platform/peers/peers.ts'
import type { ReachWord } from './wire.ts'

/** Members see everything that travels; others what is public. */
export type Scope = 'members' | 'public'

/** Which nodes belong to the cluster. */
export interface Members {
  isMember(peer: PeerId): boolean
  /** Gives the function that ends it. */
  onMembershipChange(listener: () => void): () => void
}

/** Records of the boards that travel. */
export interface RecordShelf {
  /** The index as of now, over (created_at in seconds, id). */
  index(scope: Scope): Promise<ReconcileStorage>
  /** Bytes of those that are here and in the scope. */
  read(ids: readonly string[], scope: Scope): Promise<readonly Uint8Array[]>
  /** Which of these are here. */
  here(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Keeps verified records. Answers the ids of those that were new. */
  keep(records: readonly ReadRecord[], peer: PeerId): Promise<readonly string[]>
  reaches(): Promise<readonly ReachWord[]>
  learnReaches(words: readonly ReachWord[]): Promise<void>
  /** By which author id this node signs. */
  nodeAuthor(): Promise<string>
  /** By which author id a member signs. */
  learnNodeAuthor(peer: PeerId, author: string): Promise<void>
  /** A member and this node held the same, at this moment in ms since 1970. */
  learnInStep(peer: PeerId, at: number): Promise<void>
  /** What is known of members from before, by peer: when both last held the same. */
  peersKnown(): Promise<ReadonlyMap<PeerId, number>>
}

/** Content by its hash. A blob is a content up to 1 MiB, a manifest, or a chunk: 1 MiB at most. */
export interface BlobShelf {
  /** A blob that is here and may be given to this scope. */
  blob(digest: string, scope: Scope): Promise<Uint8Array | undefined>
  /** Which of these contents are here with all their parts. */
  whole(digests: readonly string[]): Promise<ReadonlySet<string>>
  /** Keeps verified content up to 1 MiB. */
  putWhole(content: ContentRef, bytes: Uint8Array): Promise<void>
  /** The manifest of a content above 1 MiB, if it is here. */
  manifest(content: ContentRef): Promise<Uint8Array | undefined>
  putManifest(content: ContentRef, bytes: Uint8Array, chunks: readonly string[]): Promise<void>
  /** Chunks that are not here, by their number. */
  missingChunks(
    content: ContentRef,
  ): Promise<readonly { readonly ordinal: number; readonly digest: string }[]>
  putChunk(content: ContentRef, ordinal: number, bytes: Uint8Array): Promise<void>
  /** All chunks are here: from now on it can be read. */
  complete(content: ContentRef): Promise<void>
  /** What the policy asks for and is not here, the newest first, after a place in that order. */
  wanted(after: WantedPlace | undefined, limit: number): Promise<readonly Wanted[]>
}

export interface WantedPlace {
  /** As the shelf wrote it. */
  readonly key: string
  readonly digest: string
}

export interface Wanted extends WantedPlace {
  readonly content: ContentRef
}

/** Lets others have their turn when this has gone on for a while. */
export type Breathe = () => Promise<void> | undefined
