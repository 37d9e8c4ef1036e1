import type { ContentRef, MediaRef } from '../content.ts'
import type { Hash } from '../record.ts'

/** Why a record does not count (FOLD-2). */
export type Reason =
  /** Something it refers to is not here yet: the board's beginning, its target, parent or root. It may count later. */
  | 'pending'
  /** Not later than something it refers to. */
  | 'before_cause'
  /** Signed with a key that is not known to be the author's. */
  | 'unknown_key'
  /** Signed with a key that the author gave up, and not among what was signed before. */
  | 'retired_key'
  /** Another rotation of the same key came first. */
  | 'superseded'
  /** The author is banned, and this is not among what was there before. */
  | 'banned'
  /** The author lacks the role that this takes. */
  | 'no_right'
  /** Only authors edit and delete their own. */
  | 'not_author'
  /** It refers to something of another kind, or that does not belong together. */
  | 'wrong_target'
  /** The thread was locked before. */
  | 'locked'

/** A post or comment as everybody sees it. */
export interface ItemView {
  readonly id: Hash
  readonly kind: 'post' | 'comment'
  readonly author: Hash
  readonly createdAt: number
  /** A comment's post, and what it answers; null in a post. */
  readonly root: Hash | null
  readonly parent: Hash | null
  /** Of the last edit; empty in a comment. */
  readonly title: string
  readonly content: ContentRef
  readonly media: readonly MediaRef[]
  readonly editedAt: number | null
  /** The author took it back: show neither title nor content. */
  readonly deleted: boolean
  /** A moderator hid it. */
  readonly hidden: { readonly by: Hash; readonly reason: string } | null
  /** Of posts: no more comments; shown first. */
  readonly locked: boolean
  readonly pinned: boolean
}

/** Who a node says an author is; believe it if you believe the node. */
export interface NameClaim {
  /** Author id of the node that says so. */
  readonly by: Hash
  readonly member: string
  readonly name: string
}

/** A board without its posts and comments. */
export interface BoardStanding {
  /** Null before the record that begins the board is here. */
  readonly title: string | null
  readonly owner: Hash | null
  readonly access: 'open' | 'granted' | null
  readonly moderators: readonly Hash[]
  /** Who was made author. */
  readonly authors: readonly Hash[]
  readonly banned: readonly Hash[]
  readonly accepted: number
  /** Records that do not count, by reason. */
  readonly keptOut: Readonly<Partial<Record<Reason, number>>>
}

/** All that everybody sees of a board, the same on every node with the same records (FOLD-1). */
export interface BoardView extends Omit<BoardStanding, 'authors'> {
  /** By id, in order. */
  readonly items: readonly ItemView[]
  readonly names: Readonly<Record<Hash, readonly NameClaim[]>>
}
