import { homedir } from 'node:os'
import { join } from 'node:path'

/** What the command line takes from its surroundings; the only file of the CLI that reads the environment. */
export interface Environment {
  /** Address of a running server. */
  readonly url: string
  /** Data folder, as the server understands it. */
  readonly data: string
  /** A PostgreSQL given by URL instead of the embedded one. */
  readonly databaseUrl: string | undefined
  /** File with this terminal's sessions. */
  readonly sessions: string
}

const DEFAULT_PORT = 4040

export function readEnvironment(source: Readonly<NodeJS.ProcessEnv> = process.env): Environment {
  return {
    url: source.STOA_URL || `http://127.0.0.1:${source.STOA_PORT || DEFAULT_PORT}`,
    data: source.STOA_DATA || 'data',
    databaseUrl: source.DATABASE_URL || undefined,
    sessions: join(source.XDG_CONFIG_HOME || join(homedir(), '.config'), 'stoa', 'sessions.json'),
  }
}
