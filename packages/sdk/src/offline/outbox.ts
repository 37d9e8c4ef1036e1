import type { Clock } from '@stoa/kernel'

/**
 * Writes that wait for the server. Every write is kept before it is shown as done, is sent in order, and leaves only when the
 * server has it.
 *
 * 1. Entries are sent one after the other, oldest first; an entry that waits for the network holds up all others, one that
 *    needs a person holds up only those of the same `target`.
 * 2. Sending an entry twice must do no harm: ids and versions make it so.
 * 3. Nothing is dropped but by {@link Outbox.discard} or by the server's answer.
 * 4. Several outboxes (tabs) may share a storage. What one does with an entry that it sent, it does to the revision that it
 *    sent: a write that another has merged into it meanwhile stays, and is sent in turn.
 */

/** `waiting` is sent by itself; a `conflict` and what `failed` wait for a person. */
export type EntryState = 'waiting' | 'conflict' | 'failed'

/** A write that is kept until the server has answered. */
export interface Entry<Write> {
  /** Grows; the order of sending. */
  readonly seq: number
  /** What it is about, e.g. `highlight:<id>`: later entries of a target wait for earlier ones. */
  readonly target: string
  readonly write: Write
  /** Grows with every change of the write; absent is 0. */
  readonly revision?: number
  readonly state: EntryState
  readonly createdAt: number
  /** Why it failed, or both sides of a conflict: for the person who decides. */
  readonly problem?: unknown
}

/** What may be changed of an entry that is kept. */
export type EntryChange<Write> = Partial<Pick<Entry<Write>, 'write' | 'state' | 'problem'>>

/** The revision of an entry: 0 until its write was changed. */
export const revisionOf = (entry: Pick<Entry<unknown>, 'revision'>): number => entry.revision ?? 0

/** The entry after a change. For storages. */
export function changedEntry<Write>(entry: Entry<Write>, change: EntryChange<Write>): Entry<Write> {
  const revision = revisionOf(entry) + Number(change.write !== undefined)
  return { ...entry, ...change, ...(revision > 0 && { revision }) }
}

/** Where entries are kept: IndexedDB, a file, memory in tests. */
export interface OutboxStorage<Write> {
  /** Durable when it resolves. Gives the entry its `seq`. */
  add(entry: Omit<Entry<Write>, 'seq'>): Promise<Entry<Write>>
  /**
   * Changes an entry, where a revision is given only while it has that one; a new write gives it the next. In one step, also for
   * others that use the same storage. `false` when nothing was changed.
   */
  update(seq: number, change: EntryChange<Write>, revision?: number): Promise<boolean>
  /** Likewise. */
  remove(seq: number, revision?: number): Promise<boolean>
  /** In order of `seq`. */
  all(): Promise<Entry<Write>[]>
}

/** What became of a try. */
export type SendResult<Write> =
  | { readonly kind: 'done' }
  /** Not reached, or told to wait: again later. */
  | { readonly kind: 'later'; readonly retryAfterMs?: number }
  /** Merged with what others did: to be sent as this instead. */
  | { readonly kind: 'rewritten'; readonly write: Write }
  | { readonly kind: 'conflict'; readonly problem: unknown }
  | { readonly kind: 'failed'; readonly problem: unknown }

/** How many entries there are of each state, and whether one is on its way. */
export interface OutboxSummary {
  readonly sending: boolean
  readonly waiting: number
  readonly conflicts: number
  readonly failed: number
}

/** Where entries are kept, and what it takes to send one. */
export interface OutboxOptions<Write> {
  readonly storage: OutboxStorage<Write>
  send(write: Write, entry: Entry<Write>): Promise<SendResult<Write>>
  /** Two writes to one target, neither of them sent: the one that does both, if there is one. */
  combine?(first: Write, second: Write): Write | undefined
  onChange?(summary: OutboxSummary): void
  readonly clock: Clock
  /** Runs `run` after so many milliseconds; gives a function that calls it off. */
  after(milliseconds: number, run: () => void): () => void
}

const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 60_000

/**
 * Writes that are kept first and sent behind, in the order in which they were made; the rules are at the top of this
 * file.
 */
export class Outbox<Write> {
  readonly #options: OutboxOptions<Write>
  #sending: number | undefined
  #running: Promise<void> | undefined
  #again = false
  #failures = 0
  #callOff: (() => void) | undefined
  #stopped = false

  constructor(options: OutboxOptions<Write>) {
    this.#options = options
  }

  /** Keeps the write, then starts to send. Resolves once it is kept. */
  async add(target: string, write: Write): Promise<void> {
    const { storage, clock } = this.#options
    let kept = await this.#combined(target, write)
    while (kept === 'again') kept = await this.#combined(target, write)
    if (kept === 'no') await storage.add({ target, write, state: 'waiting', createdAt: clock.now() })
    await this.#changed()
    void this.flush()
  }

  /** Merges the write into the last entry of its target where that can be; `again` when the entry was changed meanwhile. */
  async #combined(target: string, write: Write): Promise<'yes' | 'no' | 'again'> {
    const { storage, combine } = this.#options
    const before = (await storage.all()).filter((entry) => entry.target === target).at(-1)
    const free = before?.state === 'waiting' && before.seq !== this.#sending
    const both = free ? combine?.(before.write, write) : undefined
    if (!before || both === undefined) return 'no'
    return (await storage.update(before.seq, { write: both }, revisionOf(before))) ? 'yes' : 'again'
  }

  /** Sends what waits; resolves when all is sent or cannot be now. */
  flush(): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#callOff?.()
    this.#callOff = undefined
    this.#running = this.#run().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** Sends an entry again that failed or was in conflict, as `write` where given. */
  async retry(seq: number, write?: Write): Promise<void> {
    const change = { state: 'waiting' as const, problem: undefined, ...(write !== undefined && { write }) }
    await this.#options.storage.update(seq, change)
    await this.#changed()
    void this.flush()
  }

  /** Gives an entry up: the person decided so. */
  async discard(seq: number): Promise<void> {
    await this.#options.storage.remove(seq)
    await this.#changed()
    void this.flush()
  }

  async retryFailed(): Promise<void> {
    for (const entry of await this.#options.storage.all())
      if (entry.state === 'failed') await this.retry(entry.seq)
    await this.flush()
  }

  /** No more tries; what waits stays kept. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#callOff?.()
    await this.#running
  }

  async #run(): Promise<void> {
    do {
      this.#again = false
      for (let next = await this.#next(); next && !this.#stopped; next = await this.#next()) {
        if (!(await this.#try(next))) return
      }
    } while (this.#again && !this.#stopped)
  }

  /** The oldest waiting entry whose target has no older one that needs a person. */
  async #next(): Promise<Entry<Write> | undefined> {
    const held = new Set<string>()
    for (const entry of await this.#options.storage.all()) {
      if (entry.state === 'waiting' && !held.has(entry.target)) return entry
      if (entry.state !== 'waiting') held.add(entry.target)
    }
    return undefined
  }

  /** `false`: not now, for any entry. */
  async #try(entry: Entry<Write>): Promise<boolean> {
    const { storage, send } = this.#options
    this.#sending = entry.seq
    await this.#changed()
    let result: SendResult<Write>
    try {
      result = await send(entry.write, entry)
    } catch (error) {
      result = { kind: 'failed', problem: error }
    }
    this.#sending = undefined
    if (result.kind === 'later') {
      await this.#changed()
      this.#planRetry(result.retryAfterMs)
      return false
    }
    this.#failures = 0
    const sent = revisionOf(entry)
    if (result.kind === 'done') await storage.remove(entry.seq, sent)
    else if (result.kind === 'rewritten') await storage.update(entry.seq, { write: result.write }, sent)
    else await storage.update(entry.seq, { state: result.kind, problem: result.problem }, sent)
    await this.#changed()
    return true
  }

  #planRetry(retryAfterMs: number | undefined): void {
    if (this.#stopped) return
    const wait = retryAfterMs ?? Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures)
    this.#failures++
    this.#callOff = this.#options.after(wait, () => void this.flush())
  }

  async #changed(): Promise<void> {
    const { storage, onChange } = this.#options
    if (!onChange) return
    const entries = await storage.all()
    const count = (state: EntryState) => entries.filter((entry) => entry.state === state).length
    const sending = this.#sending !== undefined
    onChange({
      sending,
      waiting: count('waiting') - Number(sending),
      conflicts: count('conflict'),
      failed: count('failed'),
    })
  }
}
