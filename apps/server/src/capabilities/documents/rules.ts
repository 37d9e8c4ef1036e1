/** Decisions about documents that need nothing but their arguments. */
import type { components } from '@stoa/contracts'
import { wordsOf } from '@stoa/document-schema/text'
import type { Role } from '../../platform/database/database.ts'

type Schemas = components['schemas']
export type DocumentRole = Schemas['DocumentRole']
export type DocumentRights = Schemas['DocumentRights']
export type VersionKind = Schemas['VersionKind']

export interface Standing {
  readonly visibility: 'workspace' | 'private'
  readonly workspaceAccess: 'read' | 'comment' | 'write'
  /** Given in the document by name. */
  readonly documentRole: DocumentRole | null
  /** In the organisation. */
  readonly role: Role
  readonly trashed: boolean
}

const RANK = { read: 0, comment: 1, write: 2 } as const
const BY_ROLE = { owner: 2, writer: 2, commenter: 1, reader: 0 } as const

/**
 * What somebody who may read the document may do with it: the more of what they were given by name and of what everybody in
 * the workspace may; guests of the organisation only read unless they were named. Owners and admins of the organisation
 * manage what the workspace sees, and nothing private.
 */
export function rightsIn(standing: Standing): DocumentRights {
  const { visibility, workspaceAccess, documentRole, role, trashed } = standing
  const shared = visibility === 'workspace'
  const byPlace = shared && role !== 'guest' ? RANK[workspaceAccess] : 0
  const byName = documentRole === null ? 0 : BY_ROLE[documentRole]
  const governs = shared && (role === 'owner' || role === 'admin')
  const rank = Math.max(byPlace, byName, governs ? 2 : 0)
  return {
    comment: !trashed && rank >= 1,
    write: !trashed && rank >= 2,
    manage: documentRole === 'owner' || governs,
  }
}

const MENTION = /\[@[^\]\n]{1,200}\]\(stoa:account\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/gi
const MAX_MENTIONS = 50

/** Accounts that a comment mentions: `[@Name](stoa:account/ID)`; the first 50. */
export function mentionsIn(body: string): string[] {
  const ids = [...body.matchAll(MENTION)].map(([, id = '']) => id.toLowerCase())
  return [...new Set(ids)].slice(0, MAX_MENTIONS)
}

/** The beginning of a text on one line. */
export function excerptOf(lines: readonly string[], length: number): string {
  const text = lines.join(' ').replace(/\s+/g, ' ').trim()
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`
}

/** How many words one text has and the other has not: each word as often as it stands there. */
export function wordChanges(
  before: readonly string[],
  after: readonly string[],
): { added: number; removed: number } {
  const counts = new Map<string, number>()
  for (const line of before) for (const word of wordsOf(line)) counts.set(word, (counts.get(word) ?? 0) - 1)
  for (const line of after) for (const word of wordsOf(line)) counts.set(word, (counts.get(word) ?? 0) + 1)
  let [added, removed] = [0, 0]
  for (const count of counts.values()) {
    if (count > 0) added += count
    else removed -= count
  }
  return { added, removed }
}

/** A pause so long ends a sitting: what it left is kept. */
const PAUSE_MS = 10 * 60_000
/** In a sitting without a pause something is kept this often. */
const LONGEST_MS = 30 * 60_000

/**
 * Whether what the document said when it was looked at last is to be kept before what it says now takes its place.
 * `undefined`: never.
 */
export function isDueForVersion(at: {
  readonly now: number
  /** When the document was last seen changed. */
  readonly seen: number
  /** When a version was last kept, or the document made. */
  readonly kept: number
}): boolean {
  return at.seen > at.kept && (at.now - at.seen >= PAUSE_MS || at.now - at.kept >= LONGEST_MS)
}

/** Versions without a name are given up beyond so many, the oldest first. */
export const MOST_UNNAMED = 200
