/** Decisions about boards that need nothing but their arguments. What a record may do is decided by the fold alone. */
import type { components } from '@stoa/contracts'
import type { RecordBody } from '@stoa/records'
import type { Role } from '../../platform/database/database.ts'
import { badTarget } from './errors.ts'

type Schemas = components['schemas']
export type BoardRights = Schemas['BoardRights']
export type ModerationAction = Schemas['ModerationAction']

/** What is known of a board without its posts; ids in hexadecimal. */
export interface Standing {
  readonly title: string | null
  readonly access: 'open' | 'granted' | null
  readonly owner_id: string | null
  readonly moderators: readonly string[]
  readonly authors: readonly string[]
  readonly banned: readonly string[]
}

/** What somebody may do; an author that has not written yet has no id. The fold has the last word (RIGHT-1 to RIGHT-4). */
export function rightsIn(board: Standing, authorId: string | null, role: Role): BoardRights {
  const begun = board.title !== null
  const free = begun && !(authorId !== null && board.banned.includes(authorId))
  const own = free && authorId !== null && authorId === board.owner_id
  const moderate = own || (free && authorId !== null && board.moderators.includes(authorId))
  const named = authorId !== null && board.authors.includes(authorId)
  const post = free && (board.access === 'open' || moderate || named)
  return { post, comment: post, moderate, own, settings: role === 'owner' || role === 'admin' }
}

export interface Moderation {
  readonly action: ModerationAction
  readonly target_id?: string | undefined
  readonly author_id?: string | undefined
  readonly role?: 'moderator' | 'author' | undefined
  readonly reason?: string | undefined
}

/** The record that a request asks for. `headsOf`: what an author has said so far. @throws Problem 422 `board.target` */
export function recordOf(asked: Moderation, headsOf: (author: string) => readonly string[]): RecordBody {
  const { action, target_id: target, author_id: subject, role, reason = '' } = asked
  switch (action) {
    case 'hide':
    case 'restore':
      return { kind: action, target: needed(target), reason }
    case 'lock':
    case 'unlock':
      return { kind: 'lock', target: needed(target), on: action === 'lock' }
    case 'pin':
    case 'unpin':
      return { kind: 'pin', target: needed(target), on: action === 'pin' }
    case 'ban':
    case 'unban':
      return {
        kind: 'ban',
        subject: needed(subject),
        on: action === 'ban',
        reason,
        heads: headsOf(needed(subject)),
      }
    case 'grant':
      return { kind: 'grant', subject: needed(subject), role: needed(role) }
    case 'revoke':
      return { kind: 'revoke', subject: needed(subject), role: needed(role), heads: headsOf(needed(subject)) }
  }
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw badTarget()
  return value
}

/** The action that a record stands for. */
export function actionOf(body: RecordBody): ModerationAction | undefined {
  switch (body.kind) {
    case 'hide':
    case 'restore':
    case 'grant':
    case 'revoke':
      return body.kind
    case 'lock':
      return body.on ? 'lock' : 'unlock'
    case 'pin':
      return body.on ? 'pin' : 'unpin'
    case 'ban':
      return body.on ? 'ban' : 'unban'
    default:
      return undefined
  }
}
