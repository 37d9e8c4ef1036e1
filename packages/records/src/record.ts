import type { ContentRef, MediaRef } from './content.ts'

/** 64 hexadecimal digits: SHA-256 of a record's bytes, or of an author's first public key. */
export type Hash = string

/** What may be given to others on a board; the owner has every right. */
export type Role = 'moderator' | 'author'

/** What a record says, by its kind. */
export type RecordBody =
  /** The beginning of a board; its id is the board's. `granted`: only who was made an author may post. */
  | { readonly kind: 'board'; readonly title: string; readonly access: 'open' | 'granted' }
  | {
      readonly kind: 'post'
      readonly title: string
      readonly content: ContentRef
      readonly media: readonly MediaRef[]
    }
  /** `root`: the post; `parent`: the post or the comment that it answers. */
  | {
      readonly kind: 'comment'
      readonly root: Hash
      readonly parent: Hash
      readonly content: ContentRef
      readonly media: readonly MediaRef[]
    }
  /** Of one's own post or comment. */
  | {
      readonly kind: 'edit'
      readonly target: Hash
      readonly title: string
      readonly content: ContentRef
      readonly media: readonly MediaRef[]
    }
  | { readonly kind: 'delete'; readonly target: Hash }
  | { readonly kind: 'hide' | 'restore'; readonly target: Hash; readonly reason: string }
  | { readonly kind: 'lock' | 'pin'; readonly target: Hash; readonly on: boolean }
  /** `heads`: the last records of the subject that still count, with everything before them. */
  | {
      readonly kind: 'ban'
      readonly subject: Hash
      readonly on: boolean
      readonly reason: string
      readonly heads: readonly Hash[]
    }
  | { readonly kind: 'grant'; readonly subject: Hash; readonly role: Role }
  | { readonly kind: 'revoke'; readonly subject: Hash; readonly role: Role; readonly heads: readonly Hash[] }
  /** The author goes on with another key; what the old one signed counts up to here (`after`). */
  | { readonly kind: 'rotate'; readonly newKey: Hash }
  /** A node says which member an author is. It gives no right. */
  | { readonly kind: 'bind'; readonly subject: Hash; readonly member: string; readonly name: string }

/** `post`, `comment`, `edit` … as in KIND-1. */
export type RecordKind = RecordBody['kind']

/** What every record says besides what it is about. Ids, hashes and keys are 64 hexadecimal digits. */
export interface RecordEnvelope {
  /** The board's id; null in the record that begins it. */
  readonly board: Hash | null
  /** SHA-256 of the author's first public key: it stays when keys change. */
  readonly author: Hash
  /** The public key that signed. */
  readonly key: Hash
  /** Milliseconds since 1970; later than everything it refers to (TIME-2). */
  readonly createdAt: number
  /** The author's last records on this board that the author knew of, up to 8. */
  readonly after: readonly Hash[]
}

/** A whole record as it is read: envelope and body in one. */
export type SignedRecord = RecordEnvelope & RecordBody

/** A record whose form and signature are right. */
export interface ReadRecord {
  readonly id: Hash
  readonly bytes: Uint8Array
  readonly record: SignedRecord
  /** Whether `key` is the author's first key. */
  readonly byFirstKey: boolean
}
