/** Decisions about rooms that need nothing but their arguments. */
import type { components } from '@stoa/contracts'
import type { Role } from '../../platform/database/database.ts'

export type RoomRole = components['schemas']['RoomRole']
export type RoomRights = components['schemas']['RoomRights']

/** What stands for everybody where an account is asked for. */
export const EVERYONE = '00000000-0000-0000-0000-000000000000'
export const MAX_BODY_BYTES = 32 * 1024
export const MAX_MENTIONS = 50
export const MAX_EMOJI = 20

export interface Standing {
  readonly kind: 'room' | 'direct'
  readonly visibility: 'open' | 'private'
  readonly posting: 'everyone' | 'moderators'
  readonly archived: boolean
  /** In the room; `null` when not joined. */
  readonly roomRole: RoomRole | null
  /** In the organisation. */
  readonly role: Role
}

/**
 * What somebody who may read the room may do in it. Owners and admins of the organisation keep order in open rooms; into
 * private rooms and conversations of two they have no more reach than anybody else.
 */
export function rightsIn(standing: Standing): RoomRights {
  const { kind, visibility, posting, archived, roomRole, role } = standing
  const shared = kind === 'room'
  const governs = shared && visibility === 'open' && (role === 'owner' || role === 'admin')
  const leads = shared && (roomRole === 'owner' || roomRole === 'moderator')
  const moderate = governs || leads
  const joined = roomRole !== null
  return {
    post: joined && !archived && (posting === 'everyone' || moderate),
    join: shared && !joined && visibility === 'open' && !archived,
    manage: moderate,
    moderate,
    leave: shared && joined,
  }
}

/**
 * Whether somebody may give, take or change this role in a room. Moderators deal with members; owners, and whoever governs
 * an open room from outside, with everybody.
 */
export function mayAssign(standing: Standing, before: RoomRole | null, after: RoomRole | null): boolean {
  if (!rightsIn(standing).manage) return false
  if (standing.roomRole === 'moderator' && !isGovernor(standing)) {
    return (before === null || before === 'member') && (after === null || after === 'member')
  }
  return true
}

const isGovernor = ({ visibility, role }: Standing): boolean =>
  visibility === 'open' && (role === 'owner' || role === 'admin')

/** The two of a conversation in the order in which they are stored. */
export const pairOf = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a])

const MENTION = /\[@[^\]\n]{1,200}\]\(stoa:(?:account\/([0-9a-f-]{36})|(everyone))\)/gi
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Who is mentioned in a Markdown text: `[@Name](stoa:account/ID)`, `[@everyone](stoa:everyone)`; the first 50. */
export function mentionsIn(body: string): { accounts: string[]; everyone: boolean } {
  const accounts = new Set<string>()
  let everyone = false
  for (const [, account, all] of body.matchAll(MENTION)) {
    const id = account?.toLowerCase()
    if (all !== undefined) everyone = true
    else if (id !== undefined && UUID.test(id) && accounts.size < MAX_MENTIONS) accounts.add(id)
  }
  return { accounts: [...accounts], everyone }
}

const EMOJI = /^\p{RGI_Emoji}$/v

/** Exactly one emoji, as Unicode recommends it for general interchange. */
export const isEmoji = (text: string): boolean => EMOJI.test(text)

/** Markdown as plain text on one line, cut to `length` characters: for lists, search and notices. Linear in the text. */
export function plainText(markdown: string, length = Number.POSITIVE_INFINITY): string {
  const text = markdown
    .replace(/!?\[([^\][\n]{0,500})\]\([^()\s]{0,2000}\)/g, '$1')
    .replace(/^[ \t]{0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+/gm, '')
    .replace(/[*_~`]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (text.length <= length) return text
  return `${[...text.slice(0, length - 1)].filter((one) => !isLoneSurrogate(one)).join('')}…`
}

const isLoneSurrogate = (one: string): boolean => one.length === 1 && /[\ud800-\udfff]/.test(one)

/** Markers only move forward, and never past the last message. */
export const advanced = (marker: number, wanted: number, last: number): number =>
  Math.max(marker, Math.min(wanted, last))
