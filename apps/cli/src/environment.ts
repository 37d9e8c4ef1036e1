import { readFileSync } from 'node:fs'
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

/** The server's own, `http.port` in its configuration. */
const DEFAULT_PORT = 8000

/**
 * What the variables say. Without `STOA_URL` the server is the one that runs on the data folder, which notes its address there (a
 * busy port makes it take another); when none runs, it is looked for at `STOA_PORT`. The host is named as in the links that the server
 * prints: a session is kept for the address of its link.
 */
export function readEnvironment(
  source: Readonly<NodeJS.ProcessEnv> = process.env,
  addressIn: (data: string) => string | undefined = readAddress,
): Environment {
  const data = source.STOA_DATA || 'data'
  return {
    url: source.STOA_URL || addressIn(data) || `http://localhost:${source.STOA_PORT || DEFAULT_PORT}`,
    data,
    databaseUrl: source.DATABASE_URL || undefined,
    sessions: join(source.XDG_CONFIG_HOME || join(homedir(), '.config'), 'stoa', 'sessions.json'),
  }
}

function readAddress(data: string): string | undefined {
  try {
    return URL.parse(readFileSync(join(data, 'address'), 'utf8').trim())?.origin
  } catch {
    return undefined
  }
}
