import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { SearchEngine } from '../../platform/search/search-engine.ts'
import type { PassageRow } from '../library/index.ts'

/** A book that can be searched, as the library tells it. */
export interface SearchableBook {
  readonly id: string
  readonly contentId: string
  readonly title: string
  readonly authors: readonly string[]
  readonly language: string | null
  readonly cover: components['schemas']['Cover'] | null
}

/** Restricts a search to part of what the caller may read. */
export interface BookScope {
  readonly workspaceIds: readonly string[]
  readonly bookId?: string
  readonly shelfId?: string
  readonly language?: string
}

/** Where a highlight or note leads. */
export interface MarkedPlace {
  readonly locator: components['schemas']['Locator'] | null
  readonly quote: components['schemas']['TextQuote'] | null
  readonly color: components['schemas']['HighlightColor'] | null
  readonly chapter: string | null
}

/** Where a message stands. */
export interface MessagePlace {
  readonly room_id: string
  readonly room_name: string
  readonly sequence: number
  readonly thread_root_id: string | null
}

/** Where a post or comment stands. */
export interface PostPlace {
  readonly board_id: string
  readonly board_title: string
  readonly post_id: string
  readonly comment_id: string | null
  readonly title: string
  readonly author_name: string
}

/** What search asks of the rest of the house. */
export interface SearchComponents {
  readonly engine: SearchEngine
  workspacesOf(tx: Tx, context: TenantContext): Promise<readonly string[]>
  /** Contents of active books in the scope. */
  searchableContents(tx: Tx, context: TenantContext, scope: BookScope): Promise<readonly string[]>
  /** Whether books in these workspaces are still being read in. */
  isReadingIn(tx: Tx, workspaceIds: readonly string[]): Promise<boolean>
  /** The caller's book for each content; of several the first. */
  booksOfContents(
    tx: Tx,
    context: TenantContext,
    contentIds: readonly string[],
  ): Promise<ReadonlyMap<string, SearchableBook>>
  booksById(
    tx: Tx,
    context: TenantContext,
    bookIds: readonly string[],
  ): Promise<ReadonlyMap<string, SearchableBook>>
  passagesAt(tx: Tx, places: readonly { contentId: string; ord: number }[]): Promise<readonly PassageRow[]>
  placesOf(
    tx: Tx,
    context: TenantContext,
    marks: { highlights: readonly string[]; notes: readonly string[] },
  ): Promise<ReadonlyMap<string, MarkedPlace>>
  /** Rooms whose messages the caller may find: all, those of a workspace, or one. */
  roomsToSearch(tx: Tx, filter: { workspaceId?: string; roomId?: string }): Promise<readonly string[]>
  /** Documents that the caller may find: all, or those of a workspace. */
  documentsToSearch(tx: Tx, workspaceId: string | undefined): Promise<readonly string[]>
  /** Where found messages stand, by their ids; those the caller may not read are left out. */
  messagesFound(
    tx: Tx,
    context: TenantContext,
    messageIds: readonly string[],
  ): Promise<ReadonlyMap<string, MessagePlace>>
  /** Boards whose posts the caller may find. */
  boardsToSearch(tx: Tx): Promise<readonly string[]>
  /** Where found posts and comments stand, by the ids they are indexed by. */
  postsFound(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, PostPlace>>
  people(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Tags of books, highlights and notes that the caller can see and that begin so. */
  tagsLike(
    tx: Tx,
    context: TenantContext,
    prefix: string,
    limit: number,
  ): Promise<readonly { tag: string; count: number }[]>
}
