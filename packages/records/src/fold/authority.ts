import type { Hash, ReadRecord, Role } from '../record.ts'
import { type AuthorKeys, judgeKey, keysOf } from './keys.ts'
import { compareRecords, isKind, type Of, type RecordSet } from './record-set.ts'
import type { Reason } from './view.ts'

type RightsRecord = Of<'grant' | 'revoke' | 'ban'>

/** A right or ban that was given and perhaps taken back: what counts is the last word (FOLD-3). */
interface Standing {
  /** The record that says so. */
  readonly by: Hash
  readonly on: boolean
  /** With a right taken back, or a ban in force: what still counts of what the subject did before. */
  readonly past: ReadonlySet<Hash> | undefined
}

/**
 * Who may do what on a board, worked out from its beginning, rotations, grants, revocations and bans alone. Three steps, none of
 * which looks back: the owner; whom the owner made moderator, and banned; whom moderators made author, and banned (RIGHT-1).
 */
export class Authority {
  readonly owner: Hash | undefined
  readonly access: 'open' | 'granted' | undefined
  readonly #set: RecordSet
  readonly #keys = new Map<Hash, AuthorKeys>()
  readonly #roles: Readonly<Record<Role, Map<Hash, Standing>>> = { moderator: new Map(), author: new Map() }
  readonly #bans = new Map<Hash, Standing>()
  /** Verdicts on grants, revocations and bans. */
  readonly #verdicts = new Map<Hash, Reason | undefined>()

  constructor(set: RecordSet, boardId: Hash, rights: readonly RightsRecord[]) {
    this.#set = set
    const beginning = set.get(boardId)
    if (!beginning || !isKind(beginning, 'board')) return
    this.owner = beginning.record.author
    this.access = beginning.record.access
    const inOrder = rights.toSorted(compareRecords)
    const [byOwner, byOthers] = [
      inOrder.filter((one) => this.#isOwners(one)),
      inOrder.filter((one) => !this.#isOwners(one)),
    ]
    for (const one of byOwner) this.#settle(one, this.#judgeOwners(one))
    const judged = byOthers.map((one) => ({ one, reason: this.#judgeModerators(one) }))
    for (const { one, reason } of judged) this.#settle(one, reason)
  }

  get moderators(): Hash[] {
    return on(this.#roles.moderator)
  }

  get authors(): Hash[] {
    return on(this.#roles.author)
  }

  get banned(): Hash[] {
    return on(this.#bans)
  }

  /** The verdict on a grant, revocation or ban. */
  verdictOf(id: Hash): Reason | undefined {
    return this.#verdicts.get(id)
  }

  keysOf(author: Hash): AuthorKeys {
    let keys = this.#keys.get(author)
    if (!keys) {
      keys = keysOf(this.#set, author)
      this.#keys.set(author, keys)
    }
    return keys
  }

  /** Cause, key and ban: what holds for every record (FOLD-2). */
  judgeAuthor(one: ReadRecord): Reason | undefined {
    if (!this.#set.isAfterItsCauses(one)) return 'before_cause'
    const ban = this.#bans.get(one.record.author)
    const isBanned = ban?.on === true && !ban.past?.has(one.id)
    return judgeKey(this.keysOf(one.record.author), one) ?? (isBanned ? 'banned' : undefined)
  }

  /** Whether the author of a record had that role for it (RIGHT-2). */
  mayAs(role: Role, { id, record }: ReadRecord): boolean {
    if (record.author === this.owner) return true
    const standing = this.#roles[role].get(record.author)
    return standing !== undefined && (standing.on || standing.past?.has(id) === true)
  }

  /** An author's rights and bans as a text: when it changes, so may the verdicts on the author's records. */
  signatureOf(author: Hash): string {
    return JSON.stringify([
      this.owner === author,
      this.access,
      this.#cutsOf(author).map((cut) => cut && [cut.by, cut.past?.size]),
    ])
  }

  /** Whether some record in the author's past can still change what counts. */
  hasCut(author: Hash): boolean {
    return this.#cutsOf(author).some((cut) => cut?.past) || this.keysOf(author).rotations.size > 0
  }

  #cutsOf(author: Hash): readonly (Standing | undefined)[] {
    return [this.#roles.moderator.get(author), this.#roles.author.get(author), this.#bans.get(author)]
  }

  #isOwners({ record }: ReadRecord): boolean {
    return record.author === this.owner
  }

  #judgeOwners(one: RightsRecord): Reason | undefined {
    return this.judgeAuthor(one) ?? (one.record.subject === this.owner ? 'wrong_target' : undefined)
  }

  /** Moderators make authors and ban, but neither each other nor the owner (RIGHT-3). */
  #judgeModerators(one: RightsRecord): Reason | undefined {
    const reason = this.judgeAuthor(one)
    if (reason) return reason
    const { record } = one
    if (!this.mayAs('moderator', one) || ('role' in record && record.role === 'moderator')) return 'no_right'
    const isProtected =
      record.subject === this.owner || this.#roles.moderator.get(record.subject)?.on === true
    return record.kind === 'ban' && isProtected ? 'no_right' : undefined
  }

  /** Keeps the verdict; what counts and is the last word on its subject so far is in force. */
  #settle(one: RightsRecord, reason: Reason | undefined): void {
    this.#verdicts.set(one.id, reason)
    if (reason) return
    const { record } = one
    const standings = record.kind === 'ban' ? this.#bans : this.#roles[record.role]
    const before = this.#set.get(standings.get(record.subject)?.by ?? '')
    if (before && compareRecords(before, one) > 0) return
    const isOn = record.kind === 'ban' ? record.on : record.kind === 'grant'
    const cut = record.kind === 'grant' || (record.kind === 'ban' && !record.on) ? undefined : record.heads
    standings.set(record.subject, { by: one.id, on: isOn, past: cut && this.#set.past(record.subject, cut) })
  }
}

function on(standings: ReadonlyMap<Hash, Standing>): Hash[] {
  return [...standings]
    .filter(([, standing]) => standing.on)
    .map(([subject]) => subject)
    .sort()
}
