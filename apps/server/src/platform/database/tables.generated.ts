/** Generated from the migrated schema by `npm run generate`. Do not edit. */
import type { ColumnType, GeneratedAlways } from 'kysely'

/** May be left out of an insert. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** Read as any JSON value; written as text, because the driver would turn an array into an SQL array. */
export type Json = ColumnType<unknown, string, string>

export type Timestamp = ColumnType<Date, Date | string, Date | string>

export interface EventHorizonsTable {
  deleted_through: number
  tenant_id: string
}

export interface EventsTable {
  account_id: string | null
  created_at: Generated<Timestamp>
  id: GeneratedAlways<number>
  payload: Generated<Json>
  tenant_id: string
  type: string
  workspace_id: string | null
}

export interface IdempotencyKeysTable {
  account_id: string
  body: string | null
  created_at: Generated<Timestamp>
  headers: Json | null
  key: string
  operation: string
  request_hash: string
  status: number | null
  tenant_id: string
}

export interface MigrationsTable {
  applied_at: Generated<Timestamp>
  checksum: string
  name: string
}

export interface Tables {
  event_horizons: EventHorizonsTable
  events: EventsTable
  idempotency_keys: IdempotencyKeysTable
  migrations: MigrationsTable
}
