import { createHash } from 'node:crypto'

/**
 * Statements that PostgreSQL plans once a session instead of at each use. Analysing a statement under row-level security and
 * planning it costs several times what running it does, where it looks one row up or adds one.
 *
 * A plan is kept for all values only where the best one does not depend on them: see {@link dependsOnValues}. Everything
 * else is sent without a name and planned as before, for the values that it comes with.
 */

/** A text has a name from this use in a session on: what is asked once or twice is not worth keeping. */
const NAMED_FROM = 3
/** So many names a session has; each is a plan in the memory of a process of the server, up to 200 kB. */
const MOST_NAMES = 100
/** So many texts are counted; when there are more, those that have no name yet are counted anew. */
const MOST_COUNTED = 500
/** Characters. Longer texts are lists with all their filters. */
const LONGEST = 4000

/**
 * Filters that may be absent, lengths of pages, patterns, and what is counted. PostgreSQL knows neither whether a filter is there nor
 * how much it leaves, plans for a two hundredth of the rows, and finds that plan cheap.
 */
const OPTIONAL = /\bis null or\b|\b(?:limit|offset|like|ilike)\s+\$|\bcount\s*\(/i
const ARRAY = /\b(?:any|unnest)\s*\(\s*(?:\$|string_to_array\s*\()/i
const JOINED = /\bjoin\b/i

/** Whether the best plan of a text depends on its values. Of an array in a join it does: it is taken for ten elements. */
export function dependsOnValues(text: string): boolean {
  return OPTIONAL.test(text) || (ARRAY.test(text) && JOINED.test(text))
}

/** By its text, so that sessions of several programs that share one behind a pooler never mean two statements by one name. */
const nameOf = (text: string, round: number): string =>
  `${createHash('sha256').update(text).digest('base64url').slice(0, 22)}_${round}`

/** The names that one session of the server knows. */
export class StatementNames {
  readonly #uses = new Map<string, number>()
  readonly #names = new Map<string, string>()
  #given = 0
  #round = 0

  /** Under which name a text is sent; without one it is planned for its values. Counts the use. */
  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    const uses = (this.#uses.get(text) ?? 0) + 1
    if (uses < NAMED_FROM) {
      if (this.#uses.size >= MOST_COUNTED) this.#uses.clear()
      this.#uses.set(text, uses)
      return undefined
    }
    this.#uses.delete(text)
    if (this.#given >= MOST_NAMES || text.length > LONGEST || dependsOnValues(text)) return undefined
    this.#given += 1
    const name = nameOf(text, this.#round)
    this.#names.set(text, name)
    return name
  }

  /** After a change of the schema: what was planned before is named, and so planned, anew. Names given before count on. */
  forget(): void {
    this.#names.clear()
    this.#round += 1
  }

  /** The session does not keep what it is told: no text has a name any more. */
  stop(): void {
    this.forget()
    this.#given = MOST_NAMES
  }
}
