import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, type Logger, silentLogger, systemClock } from '@stoa/kernel'
import { type Config, envToConfig } from '@stoa/server/config/config.ts'
import { readEnv } from '@stoa/server/config/env.ts'
import { secretsFrom } from '@stoa/server/config/secrets.ts'
import type { RateLimits } from '@stoa/server/platform/cache/rate-limits.ts'
import { createProgram, type Overrides, type Program } from '@stoa/server/program/program.ts'
import { inject } from 'vitest'
import { type TestDatabase, testDatabase } from './database.ts'

export interface TestProgramOptions {
  /** Exchanges parts of the program; see {@link Overrides}. Replies are checked against the contract unless told not to. */
  readonly overrides?: Overrides
  /** Changes the configuration that was made for the test: temporary folder, free port, database of its own. */
  readonly config?: (config: Config) => Config
  readonly log?: Logger
  readonly clock?: Clock
}

/** The whole program, running in this process on a free port, with a database and a data folder of its own. */
export interface TestProgram extends AsyncDisposable {
  readonly program: Program
  /** Scheme, host and port. */
  readonly url: string
  readonly dataDir: string
  readonly db: TestDatabase
  /** Stops the program and removes everything it kept. */
  close(): Promise<void>
}

/** Nothing is ever too often, so that a test may ask as fast as it can. */
export const noRateLimits: RateLimits = {
  consume: async () => ({ allowed: true, remaining: 1_000_000, resetMs: 0 }),
}

/**
 * Boots the same program that `npm start` boots: `await using stoa = await startProgram()`. Real PostgreSQL, real files,
 * real sockets; only the outside world (mail, browsers) is left out.
 */
export async function startProgram(options: TestProgramOptions = {}): Promise<TestProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-program-'))
  const db = await testDatabase()
  const remove = async () => {
    await db.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  const config = { ...testConfig(dataDir, db), ...inject('adapters') }
  const program = await createProgram({
    config: options.config?.(config) ?? config,
    secrets: secretsFrom(new Uint8Array(32).fill(7)),
    log: options.log ?? silentLogger,
    clock: options.clock ?? systemClock,
    version: '0.0.0-test',
    overrides: { validateReplies: true, rateLimits: noRateLimits, ...options.overrides },
  })
  const close = async () => {
    await program.stop()
    await remove()
  }
  try {
    await program.start(new AbortController().signal)
  } catch (error) {
    await remove()
    throw error
  }
  return { program, url: program.url ?? '', dataDir, db, close, [Symbol.asyncDispose]: close }
}

function testConfig(dataDir: string, db: TestDatabase): Config {
  return envToConfig(
    readEnv({
      STOA_DATA: dataDir,
      STOA_PORT: '0',
      STOA_OPEN: 'false',
      STOA_LOG_LEVEL: 'debug',
      DATABASE_URL: db.ownerUrl,
      DATABASE_APP_URL: db.appUrl,
    }),
  )
}
