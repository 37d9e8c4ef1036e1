import type { Kysely, RawBuilder, Transaction } from 'kysely'
import type { Tables } from './tables.generated.ts'

/** Who acts, and inside which organisation. Made from a verified token; the only source of tenant and actor for SQL. */
export interface TenantContext {
  readonly tenantId: string
  readonly accountId: string
  readonly sessionId: string
  readonly role: Role
}

export type Role = 'owner' | 'admin' | 'member' | 'guest'

/** Something that happened, written to the outbox in the transaction that made it happen. */
export interface DomainEvent {
  /** `book.updated`, `highlight.created` … */
  readonly type: string
  /** Only this account's connections may see it; absent = every member of the tenant. */
  readonly accountId?: string
  /** Only members of this workspace may see it. */
  readonly workspaceId?: string
  /** Only those may see it who may follow this topic, e.g. `room:<id>`; see `platform/bus/topics.ts`. */
  readonly topic?: string
  /** Small JSON: ids and what changed. Never secrets, never whole documents. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** A job to be run later; see `platform/jobs`. */
export interface JobRequest<Name extends string = string> {
  readonly name: Name
  readonly data: object
  /** While a job of this name with this key waits, another is not added; two with one key never run at the same time. */
  readonly singletonKey?: string
}

/** One transaction. Everything in it commits together or not at all; events are announced after commit only. */
export interface Tx {
  /** Typed query builder, bound to this transaction. Stores narrow it: `tx.db.withTables…` is not needed. */
  readonly db: Transaction<Tables>
  /** Adds an event of the transaction's tenant to the outbox; written just before the commit, in the order of the calls. */
  emit(event: DomainEvent): Promise<void>
  /**
   * A statement that goes to the server together with the commit, before the events: nobody sees its result. Where it fails
   * nothing is committed.
   */
  finally(statement: RawBuilder<unknown>): void
  /** Enqueues a durable job in this transaction. */
  enqueue<Name extends string>(job: JobRequest<Name>): Promise<void>
}

/** For whom a tenant's transaction is; no account = the program itself, e.g. a job that clears up. */
export type TenantActor = Pick<TenantContext, 'tenantId'> & { readonly accountId: string | null }

/**
 * `run` is called again when the transaction lost against another one (serialization failure, deadlock) or the server
 * went away before the commit: it must touch nothing but its transaction. Never use the pool inside: a second connection
 * does not see this transaction and may wait for it.
 */
export interface Database {
  /** A transaction as the application role with the tenant and actor set: row-level security does the rest. */
  tenant<T>(actor: TenantActor, run: (tx: Tx) => Promise<T>): Promise<T>
  /** The same, read only, and on one snapshot. */
  tenantRead<T>(actor: TenantActor, run: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * A transaction with an account but no tenant: sign-in, sessions, "my organisations". Tenant tables are empty to it,
   * except rows whose policy admits the account itself (its own memberships).
   */
  account<T>(accountId: string | null, run: (tx: Tx) => Promise<T>): Promise<T>
  /** The pool itself, for health checks and maintenance of tables without tenant. */
  readonly pool: Kysely<Tables>
}
