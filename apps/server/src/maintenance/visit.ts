import type { Logger } from '@stoa/kernel'
import type { Config, DatabaseConfig } from '../config/config.ts'
import { loadSecrets } from '../config/secrets.ts'
import { createEmbeddedPostgres } from '../platform/database/embedded/embedded.ts'
import { DatabaseError } from '../platform/database/errors.ts'
import { createProgram, type Program } from '../program/program.ts'

const CONNECTIONS = 2

/**
 * Calls `use` with a program that serves nothing and runs no jobs, on the installation of `config`: beside the program that
 * runs there, through its database, or alone.
 */
export async function visit<T>(
  config: Config,
  log: Logger,
  use: (program: Program) => Promise<T>,
): Promise<T> {
  const signal = new AbortController().signal
  const { urls, close } = await reach(config.database, log, signal)
  try {
    await using program = createProgram({
      config: {
        ...config,
        roles: [],
        cache: { kind: 'memory' },
        database: { kind: 'url', ...urls, maxConnections: CONNECTIONS },
      },
      secrets: await loadSecrets(config),
      log,
    })
    await program.start(signal)
    return await use(program)
  } finally {
    await close()
  }
}

interface Reached {
  readonly urls: { readonly ownerUrl: string; readonly appUrl: string | undefined }
  close(): Promise<void>
}

/** A server that a program of ours already runs is used as it is: its socket lies in the data folder. */
async function reach(database: DatabaseConfig, log: Logger, signal: AbortSignal): Promise<Reached> {
  if (database.kind === 'url') return { urls: database, close: async () => {} }
  const server = createEmbeddedPostgres({ dataDir: database.directory, log })
  try {
    await server.start(signal)
  } catch (error) {
    const running = error instanceof DatabaseError && error.code === 'database.already_running'
    if (!running) throw error
    return { urls: { ownerUrl: server.ownerUrl, appUrl: server.appUrl }, close: async () => {} }
  }
  return { urls: { ownerUrl: server.ownerUrl, appUrl: server.appUrl }, close: () => server.stop() }
}
