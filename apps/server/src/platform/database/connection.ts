import pg from 'pg'

/** Limits that every session of a pool carries; milliseconds. */
export interface SessionLimits {
  readonly statementTimeout: number
  readonly idleInTransactionTimeout: number
  readonly lockTimeout: number
}

export const DEFAULT_LIMITS: SessionLimits = {
  statementTimeout: 30_000,
  idleInTransactionTimeout: 60_000,
  lockTimeout: 10_000,
}

const INT8 = 20
const DATE = 1082
const TIMESTAMP = 1114

/**
 * Values as the generated table types promise them: `bigint` as a number (an unsafe one is an error, never a rounded
 * value), `date` as its text (a calendar day has no time zone), everything else as the driver does it.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === INT8) return parseInt8
    if (format !== 'binary' && (oid === DATE || oid === TIMESTAMP)) return (text: string) => text
    return format === 'binary' ? pg.types.getTypeParser(oid, format) : pg.types.getTypeParser(oid)
  },
}

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} does not fit into a number`)
  return value
}

/** Options of a session in schema `stoa`. Those in the URL stay, ours are added. */
export function connectionConfig(
  url: string,
  name: string,
  limits: Partial<SessionLimits> = {},
): pg.ClientConfig {
  const { statementTimeout, idleInTransactionTimeout, lockTimeout } = { ...DEFAULT_LIMITS, ...limits }
  const target = new URL(url)
  const given = target.searchParams.get('options')
  target.searchParams.delete('options')
  const settings = {
    search_path: 'stoa',
    timezone: 'UTC',
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: idleInTransactionTimeout,
    lock_timeout: lockTimeout,
  }
  const ours = Object.entries(settings).map(([key, value]) => `-c ${key}=${value}`)
  return {
    connectionString: target.href,
    application_name: `stoa-${name}`,
    options: [...(given === null ? [] : [given]), ...ours].join(' '),
    keepAlive: true,
    types,
  }
}

/** Runs `use` on a session of its own. */
export async function withClient<T>(
  config: pg.ClientConfig,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(config)
  // A lost connection rejects the running query; without a listener it would also end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end().catch(() => {})
  }
}
