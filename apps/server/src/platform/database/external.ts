import { createHmac } from 'node:crypto'
import type { Logger } from '@stoa/kernel'
import { connectionConfig, withClient } from './connection.ts'
import { DatabaseError, sqlState } from './errors.ts'
import { APP_ROLE, type PostgresServer } from './server.ts'

export interface ExternalPostgresInit {
  /** URL of a user that may create schemas in its database, and roles unless `appUrl` is given. */
  readonly ownerUrl: string
  /** URL of the user the program works as. Absent: `stoa_app`, with a password derived from the owner's. */
  readonly appUrl?: string
  readonly log: Logger
}

const OLDEST_VERSION = 150_000

/** A PostgreSQL that somebody else runs. */
export function createExternalPostgres(init: ExternalPostgresInit): PostgresServer {
  const appUrl = init.appUrl ?? derivedAppUrl(init.ownerUrl)
  return {
    name: 'postgres',
    ownerUrl: init.ownerUrl,
    appUrl,
    async start() {
      const version = await serverVersion(init.ownerUrl)
      if (version < OLDEST_VERSION)
        throw new DatabaseError(
          'database.version_unsupported',
          `The server is PostgreSQL ${Math.floor(version / 10_000)}; Stoa needs 15 or newer.`,
        )
      init.log.info({ action: 'postgres_ready', server_version: version, host: new URL(appUrl).hostname })
    },
    async stop() {},
  }
}

/**
 * Every program that is given the owner's URL finds the same password without keeping one; who knows the owner's may do
 * more than the application anyway.
 */
export function derivedAppUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  const secret = decodeURIComponent(url.password)
  url.username = APP_ROLE
  url.password =
    secret === '' ? '' : createHmac('sha256', secret).update(`stoa:${APP_ROLE}`).digest('base64url')
  return url.href
}

async function serverVersion(ownerUrl: string): Promise<number> {
  try {
    return await withClient(connectionConfig(ownerUrl, 'version'), async (client) => {
      const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
      return Number(rows[0]?.server_version_num)
    })
  } catch (cause) {
    const { host } = new URL(ownerUrl)
    const text = `The PostgreSQL at ${host} does not let us in (${sqlState(cause) ?? 'no answer'}). Check the URL, the user and the password.`
    throw new DatabaseError('database.unavailable', text, { cause })
  }
}
