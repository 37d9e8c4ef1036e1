import type { Hash, ReadRecord } from '../record.ts'
import { Authority } from './authority.ts'
import { viewItem } from './item-view.ts'
import { compareRecords, isKind, type Of, RecordSet, targetsOf } from './record-set.ts'
import { judge } from './verdict.ts'
import type { BoardStanding, BoardView, ItemView, NameClaim, Reason } from './view.ts'

/**
 * The view of one board that a set of records gives, whatever their order (FOLD-1). `apply` judges again only what a record can
 * change; `BoardFold.of` judges everything once. Invariants: `#verdicts` holds every record of the set; `#items` those posts and
 * comments that count.
 */
export class BoardFold {
  readonly boardId: Hash
  readonly #set = new RecordSet()
  readonly #rights: Of<'grant' | 'revoke' | 'ban'>[] = []
  readonly #names: Of<'bind'>[] = []
  readonly #verdicts = new Map<Hash, Reason | undefined>()
  readonly #items = new Map<Hash, ItemView>()
  readonly #keptOut = new Map<Reason, number>()
  #authority: Authority

  constructor(boardId: Hash) {
    this.boardId = boardId
    this.#authority = new Authority(this.#set, boardId, [])
  }

  /** The fold of many records at once. */
  static of(boardId: Hash, records: Iterable<ReadRecord>): BoardFold {
    const fold = new BoardFold(boardId)
    for (const record of records) fold.#add(record)
    fold.#authority = new Authority(fold.#set, boardId, fold.#rights)
    fold.#judgeAgain(new Set(fold.#set.all()))
    return fold
  }

  /** Takes one more record; gives the ids of the posts and comments whose view changed. Records twice, or of other boards, change nothing. */
  apply(record: ReadRecord): ReadonlySet<Hash> {
    if (!this.#add(record)) return new Set()
    const referring = this.#set.referringTo(record.id)
    const open = new Set([record, ...referring])
    const reshaped = [record, ...referring]
      .filter((one) => this.#reshapes(one))
      .map((one) => one.record.author)
    if (reshaped.length > 0) this.#renewAuthority(new Set(reshaped), open)
    return this.#judgeAgain(open)
  }

  /** Undefined when a record counts or is not here. */
  reasonOf(id: Hash): Reason | undefined {
    return this.#verdicts.get(id)
  }

  /** Whether the record is here and counts. */
  counts(id: Hash): boolean {
    return this.#verdicts.has(id) && this.#verdicts.get(id) === undefined
  }

  /** A post or comment that counts, as everybody sees it. */
  item(id: Hash): ItemView | undefined {
    return this.#items.get(id)
  }

  /** The author's last records: `after` of their next one, `heads` of a ban. At most 8, the latest. */
  headsOf(author: Hash): Hash[] {
    const heads = this.#set.headsOf(author).sort(compareRecords)
    return heads.slice(-8).map(({ id }) => id)
  }

  /** A record that is here, whether it counts or not. */
  record(id: Hash): ReadRecord | undefined {
    return this.#set.get(id)
  }

  /** Records that are here. */
  get size(): number {
    return this.#verdicts.size
  }

  /** Who may do what, and what is kept out: in time that does not grow with the posts. */
  standing(): BoardStanding {
    const beginning = this.#set.get(this.boardId)
    const { owner, access, moderators, authors, banned } = this.#authority
    const counted = [...this.#keptOut].filter(([, count]) => count > 0)
    const keptOut = Object.fromEntries(counted.sort(([a], [b]) => (a < b ? -1 : 1)))
    const out = [...this.#keptOut.values()].reduce((sum, count) => sum + count, 0)
    return {
      title: beginning && isKind(beginning, 'board') ? beginning.record.title : null,
      owner: owner ?? null,
      access: access ?? null,
      ...{ moderators, authors, banned, keptOut },
      accepted: this.#verdicts.size - out,
    }
  }

  view(): BoardView {
    const { authors: _, ...standing } = this.standing()
    return {
      ...standing,
      items: [...this.#items.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      names: this.#claims(),
    }
  }

  #setVerdict(id: Hash, reason: Reason | undefined): void {
    const before = this.#verdicts.get(id)
    if (before) this.#keptOut.set(before, (this.#keptOut.get(before) ?? 0) - 1)
    if (reason) this.#keptOut.set(reason, (this.#keptOut.get(reason) ?? 0) + 1)
    this.#verdicts.set(id, reason)
  }

  #add(record: ReadRecord): boolean {
    const board = record.record.kind === 'board' ? record.id : record.record.board
    if (board !== this.boardId || !this.#set.add(record)) return false
    if (isKind(record, 'grant', 'revoke', 'ban')) this.#rights.push(record)
    if (isKind(record, 'bind')) this.#names.push(record)
    return true
  }

  /** Whether the arrival of a record, or of one that it refers to, can change who may do what. */
  #reshapes(one: ReadRecord): boolean {
    if (isKind(one, 'board', 'grant', 'revoke', 'ban', 'rotate')) return true
    const { author } = one.record
    const bringsKey =
      one.byFirstKey && !this.#set.by(author).some((other) => other !== one && other.byFirstKey)
    return bringsKey || this.#authority.hasCut(author)
  }

  /** Works out the rights anew, and opens the case of everyone whose standing became another. */
  #renewAuthority(authors: ReadonlySet<Hash>, open: Set<ReadRecord>): void {
    const before = this.#authority
    const after = new Authority(this.#set, this.boardId, this.#rights)
    this.#authority = after
    if (before.owner !== after.owner) for (const record of this.#set.all()) open.add(record)
    for (const one of new Set([...authors, ...this.#rights.map(({ record }) => record.subject)])) {
      if (!authors.has(one) && before.signatureOf(one) === after.signatureOf(one)) continue
      for (const record of this.#set.by(one)) open.add(record)
    }
    for (const right of this.#rights)
      if (before.verdictOf(right.id) !== after.verdictOf(right.id)) open.add(right)
  }

  /** Judges what is open, and what depends on a verdict that changed; then renews the views of what was touched. */
  #judgeAgain(open: Set<ReadRecord>): Set<Hash> {
    const bench = { set: this.#set, authority: this.#authority, counts: (id: Hash) => this.counts(id) }
    const touched = new Set<Hash>()
    // Locks before comments: a comment's verdict asks for theirs.
    const queue = [...open].sort((a, b) => Number(isKind(b, 'lock')) - Number(isKind(a, 'lock')))
    for (const record of queue) {
      const isNew = !this.#verdicts.has(record.id)
      const counted = this.counts(record.id)
      const reason = judge(bench, record)
      this.#setVerdict(record.id, reason)
      if (!isNew && counted === (reason === undefined)) continue
      touched.add(isKind(record, 'post', 'comment') ? record.id : (targetsOf(record)[0] ?? ''))
      if (isKind(record, 'lock'))
        queue.push(...this.#set.referringTo(record.record.target).filter((one) => isKind(one, 'comment')))
    }
    return this.#renewViews(touched)
  }

  #renewViews(touched: ReadonlySet<Hash>): Set<Hash> {
    const changed = new Set<Hash>()
    for (const id of touched) {
      const item = this.#set.get(id)
      if (!item || !isKind(item, 'post', 'comment')) continue
      const view = this.counts(id) ? viewItem(this.#set, item, (one) => this.counts(one)) : undefined
      if (JSON.stringify(view) === JSON.stringify(this.#items.get(id))) continue
      changed.add(id)
      if (view) this.#items.set(id, view)
      else this.#items.delete(id)
    }
    return changed
  }

  #claims(): Record<Hash, NameClaim[]> {
    const last = new Map<string, Of<'bind'>>()
    for (const one of this.#names.filter(({ id }) => this.counts(id)).sort(compareRecords))
      last.set(`${one.record.subject} ${one.record.author}`, one)
    const claims: Record<Hash, NameClaim[]> = {}
    for (const key of [...last.keys()].sort()) {
      const { subject, author, member, name } = last.get(key)!.record
      const list = claims[subject] ?? []
      claims[subject] = [...list, { by: author, member, name }]
    }
    return claims
  }
}
