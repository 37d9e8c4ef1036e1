import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { envToConfig } from '@stoa/server/config/config.ts'
import { readEnv } from '@stoa/server/config/env.ts'
import { secretsFrom } from '@stoa/server/config/secrets.ts'
import type { RateLimits } from '@stoa/server/platform/cache/rate-limits.ts'
import { createProgram, type Program } from '@stoa/server/program/program.ts'
import pg from 'pg'

/** The whole program on its embedded database, in this process, for as long as a benchmark runs. */
export interface BenchProgram extends AsyncDisposable {
  readonly program: Program
  readonly url: string
  /** As the owner of the database, past row-level security: to fill tables, and to count. */
  readonly db: { sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]> }
}

/** A benchmark asks for more than one person does. */
const noRateLimits: RateLimits = {
  consume: async () => ({ allowed: true, remaining: 1_000_000, resetMs: 0 }),
}

export async function startBenchProgram(): Promise<BenchProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-bench-'))
  const program = await createProgram({
    config: envToConfig(
      readEnv({ STOA_DATA: dataDir, STOA_PORT: '0', STOA_OPEN: 'false', STOA_LOG_LEVEL: 'error' }),
    ),
    secrets: secretsFrom(new Uint8Array(32).fill(7)),
    overrides: { rateLimits: noRateLimits },
  })
  await program.start(new AbortController().signal)
  const owner = new pg.Pool({
    connectionString: program.platform.persistence.server.ownerUrl,
    max: 2,
  })
  return {
    program,
    url: program.url ?? '',
    db: {
      sql: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
        (await owner.query<Row>(text, values)).rows,
    },
    async [Symbol.asyncDispose]() {
      await owner.end()
      await program.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
