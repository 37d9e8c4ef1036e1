import type { Tx } from '../database/database.ts'

/** What a person typed, taken apart. See `query.ts`. */
export interface TextQuery {
  /** Latin text outside quotation marks, as typed: stemmed by the engine. */
  readonly latin: string
  /** Chinese words outside quotation marks. */
  readonly han: readonly string[]
  /** Runs of Chinese as they stand: for text that is cut into other words than the query. */
  readonly hanRuns: readonly string[]
  /** Each must stand in the text word by word; what was typed between quotation marks. */
  readonly phrases: readonly string[]
  /** Beginnings of words: what was typed with a star. */
  readonly prefixes: readonly string[]
}

export interface PassageText {
  readonly ord: number
  readonly text: string
  /** Headings above the passage: found, too, but never quoted. */
  readonly headings: readonly string[]
}

export type DocumentKind = 'book' | 'highlight' | 'note' | 'message' | 'document' | 'post'

/** Something short that can be found: who may see it stands with it. */
export interface SearchDocument {
  readonly kind: DocumentKind
  readonly id: string
  /** None for a conversation of two people. */
  readonly workspaceId: string | null
  /** The room of a message, the board of a post, and a document itself: who may read that finds it. */
  readonly roomId?: string
  readonly bookId: string | null
  readonly accountId: string
  readonly visibility: 'private' | 'workspace'
  readonly title: string
  readonly text: string
}

export interface PassageHit {
  readonly contentId: string
  readonly ord: number
  readonly score: number
}

export interface DocumentHit {
  readonly kind: DocumentKind
  readonly id: string
  readonly bookId: string | null
  readonly accountId: string
  readonly title: string
  readonly text: string
  readonly updatedAt: Date
  readonly score: number
}

export interface PassageResults {
  readonly hits: readonly PassageHit[]
  /** Passages that match at all; a lower bound where an engine stops counting. */
  readonly total: number
  /** The same by content, most first. */
  readonly byContent: readonly { readonly contentId: string; readonly count: number }[]
}

export interface DocumentScope {
  readonly accountId: string
  readonly workspaceIds: readonly string[]
  /** Rooms whose messages may be found, and documents that may. */
  readonly roomIds: readonly string[]
  readonly kinds: readonly DocumentKind[]
  readonly bookId?: string
  /** Written by this account. */
  readonly authorId?: string
}

export interface DocumentResults {
  readonly hits: readonly DocumentHit[]
  readonly totals: Readonly<Record<DocumentKind, number>>
}

/** Writes what was prepared of a content, in place of what was indexed of it. */
export type ContentWriter = (tx: Tx, tenantId: string, contentId: string) => Promise<void>

/**
 * Full-text search. Writers call it inside their transaction: an engine within the database is then never behind, one outside
 * of it takes the change from the event stream. Every result is limited to the scope that it is given; the tenant is that of
 * the transaction.
 */
export interface SearchEngine {
  readonly name: 'postgres' | 'elasticsearch'
  /**
   * The first half of {@link SearchEngine.indexContent}, in a transaction of its own: contents with the same new words wait for
   * each other until its end, so it should be short.
   */
  prepareContent(tx: Tx, passages: readonly PassageText[]): Promise<ContentWriter>
  /** Replaces what was indexed of this content. */
  indexContent(tx: Tx, tenantId: string, contentId: string, passages: readonly PassageText[]): Promise<void>
  /** Contents whose words were cut in another way than now: to be indexed anew. */
  outdatedContents(tx: Tx, limit: number): Promise<string[]>
  /** Each once. */
  putDocuments(tx: Tx, tenantId: string, documents: readonly SearchDocument[]): Promise<void>
  removeDocuments(tx: Tx, kind: DocumentKind, ids: readonly string[]): Promise<void>
  /** The document of a book that is gone for good, and of everything that was written in it. */
  removeBook(tx: Tx, bookId: string): Promise<void>
  searchPassages(
    tx: Tx,
    query: TextQuery,
    scope: { contentIds: readonly string[] },
    limit: number,
  ): Promise<PassageResults>
  searchDocuments(tx: Tx, query: TextQuery, scope: DocumentScope, limit: number): Promise<DocumentResults>
  /** Which of these words of a text match the query: for marking them. Words as they stand, any case. */
  matchingWords(tx: Tx, query: TextQuery, words: readonly string[]): Promise<ReadonlySet<string>>
}
