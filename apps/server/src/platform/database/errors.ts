import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

/** Every code this part can raise; the texts for people stand in the message catalogue of the edge that shows them. */
export type DatabaseErrorCode =
  /** Another program uses this data folder; the message has its process. */
  | 'database.already_running'
  | 'database.app_role_too_strong'
  /** No embedded PostgreSQL for this system, or its package is not installed. */
  | 'database.binaries_missing'
  | 'database.busy'
  /** A migration was changed after it had been applied, or a file is not named like one. */
  | 'database.corrupt_migration'
  | 'database.disk_full'
  /** The embedded PostgreSQL did not start; the message ends with its own words. */
  | 'database.embedded_failed'
  /** An event was emitted outside a tenant. A defect of the caller. */
  | 'database.event_invalid'
  /** The data folder cannot be entered or written by the user that the database runs as. */
  | 'database.folder_denied'
  /** A migration failed and was rolled back; the cause says why. */
  | 'database.migration_failed'
  | 'database.not_started'
  | 'database.outcome_unknown'
  /** The owner role may not make or change the role that the program works as. */
  | 'database.roles_denied'
  | 'database.unavailable'
  /** A newer version has migrated this database. */
  | 'database.unknown_migration'
  /** The server is older than 15, or the folder was made by another major version. */
  | 'database.version_unsupported'

/** Something about the database itself failed: it is missing, full, too old, already in use. Never a failed query of a capability. */
export class DatabaseError extends StoaError {
  override readonly name = 'DatabaseError'
  declare readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options: StoaErrorOptions = {}) {
    super(code, message, options)
  }
}

/** SQLSTATE of an error raised by the server, or the system's code (`ECONNREFUSED`) of one raised on the way to it. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Two transactions got in each other's way; the server rolled this one back and it may simply be tried again. */
export function isConflict(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01'
}

/** The schema was changed since a statement was prepared: its result would have other columns than were told. */
export function isStalePlan(error: unknown): boolean {
  return (
    sqlState(error) === '0A000' &&
    error instanceof Error &&
    'routine' in error &&
    error.routine === 'RevalidateCachedQuery'
  )
}

/** A prepared statement that the session does not know, or knows already: somebody between us and the server changes sessions. */
export function isForeignSession(error: unknown): boolean {
  const state = sqlState(error)
  return state === '26000' || state === '42P05'
}

const LOST = new Set(['57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006'])
const SOCKET_LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH'])
const SOCKET_CALLS = new Set(['connect', 'read', 'write'])
const LOST_TEXT =
  /^(connection terminated|client has encountered a connection error|client was closed)|not queryable/i

/**
 * The server went away, or is just starting or stopping. What was not committed has not happened. Errors of files and of
 * other servers' names (`ENOENT` of open, `ENOTFOUND`) are none of these.
 */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== undefined && LOST.has(state)) return true
  if (!(error instanceof Error)) return false
  if (state !== undefined && SOCKET_LOST.has(state))
    return 'syscall' in error && typeof error.syscall === 'string' && SOCKET_CALLS.has(error.syscall)
  return LOST_TEXT.test(error.message)
}

/** Class 53, disk_full: the server could not write. */
export function isDiskFull(error: unknown): boolean {
  return sqlState(error) === '53100'
}

/** What a log line says of an error: the driver's own carry the whole connection. */
export function errorFields(error: unknown): { readonly error: string; readonly code?: string } {
  const code = sqlState(error)
  const text = error instanceof Error ? error.message : String(error)
  return code === undefined ? { error: text } : { error: text, code }
}
