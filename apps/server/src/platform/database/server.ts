import type { Service } from '@stoa/kernel'

/**
 * A PostgreSQL that the program can use, whoever started it. The URLs are libpq connection URIs (a unix socket folder
 * stands percent-encoded in the place of the host) and may be read once `start` has resolved.
 */
export interface PostgresServer extends Service {
  /** The owner of schema `stoa`: migrates and creates roles, and does nothing else. */
  readonly ownerUrl: string
  /** The role the program works as: owns nothing and cannot bypass row-level security. */
  readonly appUrl: string
}

/** The role that owns the application's grants; the program logs in as it, or as a member of it. */
export const APP_ROLE = 'stoa_app'

/** The same server and user, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

/** Connection URI for a server that listens on a unix socket in `directory`. */
export function socketUrl(directory: string, user: string, database: string): string {
  return `postgresql://${user}@${encodeURIComponent(directory)}/${encodeURIComponent(database)}`
}
