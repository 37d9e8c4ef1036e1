import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Kysely,
  PostgresDialect,
  type QueryResult,
  Transaction,
} from 'kysely'
import type pg from 'pg'
import { isForeignSession, isStalePlan } from './errors.ts'
import type { StatementNames } from './prepared-statements.ts'
import type { Tables } from './tables.generated.ts'

/** Who a transaction acts for. UUIDs in their canonical form, checked before they come here. */
export interface Actor {
  readonly tenantId: string | null
  readonly accountId: string | null
}

/** A connection of a pool. */
export type SessionClient = Pick<pg.Client, 'connection' | 'query'>

type Result = pg.QueryResult<pg.QueryResultRow>

/** Modes of a transaction: reading on one snapshot, or as the server has it. */
export const READ_WRITE = ''
export const READ_ONLY = ' isolation level repeatable read read only'

/**
 * One transaction on one connection, whose statements go out without waiting for the answers of those before:
 * 1. The server runs them in the order in which they were sent; after one that fails it refuses all others.
 * 2. The beginning, which says who acts, is not waited for; the first statement travels with it.
 * 3. What is to be done last and the commit travel together: locks that are taken last are held for no way through the network.
 * 4. What is sent in one turn of the event loop leaves in one write, and wakes the server once.
 * 5. Once the end is sent, nothing else is.
 */
export class TransactionSession implements DatabaseConnection {
  /** Resolves when the server has begun it: until then nobody knows whether the server still lives. */
  readonly begun: Promise<unknown>
  readonly #client: SessionClient
  readonly #names: StatementNames
  #failed = false
  #ended = false
  #held = false

  constructor(client: SessionClient, names: StatementNames, actor: Actor, mode: string) {
    this.#client = client
    this.#names = names
    const acting = `set_config('stoa.tenant', '${actor.tenantId ?? ''}', true), set_config('stoa.account', '${actor.accountId ?? ''}', true)`
    this.#hold()
    this.begun = client.query(`start transaction${mode}; select ${acting}`)
    // Whoever waits for the end hears of it.
    this.begun.catch(() => {})
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.#send(sql, parameters)
    const changes =
      command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
    return {
      ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}),
      rows: (rows ?? []) as R[],
    }
  }

  // biome-ignore lint/correctness/useYield: the interface has it; nothing here streams.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('A transaction does not stream.')
  }

  /**
   * Does `last` and commits, in one way to the server; gives the results of `last`.
   * @throws what refused it, the first of several; AbortedTransactionError when a statement had failed unheard
   */
  async commit(last: readonly CompiledQuery[]): Promise<QueryResult<unknown>[]> {
    const results = last.map((statement) => this.executeQuery(statement))
    this.#ended = true
    this.#hold()
    const committed = this.#client.query('commit')
    const outcomes = await Promise.allSettled([this.begun, ...results, committed])
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    if ((await committed).command === 'ROLLBACK') throw new AbortedTransactionError()
    return Promise.all(results)
  }

  async rollback(): Promise<void> {
    this.#ended = true
    await this.#client.query('rollback')
  }

  async #send(text: string, values: readonly unknown[]): Promise<Result> {
    if (this.#ended) throw new Error('This transaction has ended: a statement was not waited for.')
    this.#hold()
    const name = values.length === 0 ? undefined : this.#names.of(text)
    try {
      return await this.#client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
    } catch (error) {
      if (!this.#failed) this.#learn(error)
      this.#failed = true
      throw error
    }
  }

  #hold(): void {
    const { stream } = this.#client.connection
    if (this.#held) return
    this.#held = true
    stream.cork()
    process.nextTick(() => {
      this.#held = false
      stream.uncork()
    })
  }

  /** Of the first failure only: the others are its consequences. */
  #learn(error: unknown): void {
    if (isStalePlan(error)) this.#names.forget()
    if (isForeignSession(error)) this.#names.stop()
  }
}

const nowhere = () => Promise.reject(new Error('A transaction has one connection.'))
/** Parts that Kysely wants for what a transaction does not offer: transactions of its own. */
const dialect = new PostgresDialect({ pool: { connect: nowhere, end: nowhere, options: {} } })
const driver = dialect.createDriver()

/** Queries on a session, compiled as those of `kysely` are. */
export function transactionOn(kysely: Kysely<Tables>, session: TransactionSession): Transaction<Tables> {
  const executor = kysely.getExecutor().withConnectionProvider({
    // Statements are sent in the order of the calls: nothing waits here.
    provideConnection: (consumer) => consumer(session),
  })
  return new Transaction<Tables>({ config: { dialect }, dialect, driver, executor })
}
