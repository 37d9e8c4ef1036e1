import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, uuidv7 } from '@stoa/kernel'
import type { Database, Tx } from '@stoa/server/platform/database/database.ts'
import { createPersistence } from '@stoa/server/platform/persistence.ts'
import { createTenant, type TestTenant } from '@stoa/testkit/identity'
import pg from 'pg'

/** An embedded database of its own with one organisation, for as long as a benchmark runs. */
export interface Installation extends AsyncDisposable {
  readonly database: Database
  readonly tenant: TestTenant
  /** Of the role that owns the tables. */
  readonly ownerUrl: string
  /** As the owner, past row-level security: to fill tables. */
  sql(text: string, values?: unknown[]): Promise<pg.QueryResult>
  /** As the organisation's owner would. */
  as<T>(run: (tx: Tx) => Promise<T>): Promise<T>
}

export async function startInstallation(): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-bench-'))
  const persistence = await createPersistence({
    postgres: { kind: 'embedded', dataDir },
    work: false,
    log: silentLogger,
  })
  await persistence.start(new AbortController().signal)
  const owner = new pg.Pool({ connectionString: persistence.server.ownerUrl, max: 2 })
  const sql = (text: string, values?: unknown[]) => owner.query(text, values)
  const tenant = await createTenant({ sql: async (text, values) => (await sql(text, values)).rows }, 'Bench')
  const actor = { tenantId: tenant.tenantId, accountId: tenant.owner.accountId }
  return {
    database: persistence.database,
    tenant,
    ownerUrl: persistence.server.ownerUrl,
    sql,
    as: (run) => persistence.database.tenantRead(actor, run),
    async [Symbol.asyncDispose]() {
      await owner.end()
      await persistence.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Contents and active books, `count` of them; gives the ids of the contents. */
export async function addBooks({ sql, tenant }: Installation, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7())
  await sql(
    `insert into stoa.contents (tenant_id, id, sha256, size, format, analysed_at, extracted_at)
     select $1, id, encode(sha256(id::text::bytea), 'hex'), 300000, 'epub', now(), now() from unnest($2::uuid[]) as c(id)`,
    [tenant.tenantId, ids],
  )
  await sql(
    `insert into stoa.books (tenant_id, id, workspace_id, content_id, state, progress, filename, format, title, authors,
       language, title_key, author_key, name_words, added_by, added_at)
     select $1, id, $2, id, 'ACTIVE', 1, 'b.epub', case n % 5 when 0 then 'pdf' else 'epub' end, 'Book ' || n, array['Author ' || n % 997], case n % 2 when 0 then 'en' else 'zh' end,
       'book ' || lpad(n::text, 9, '0'), 'author ' || n % 997, to_tsvector('simple', 'book author ' || n), $3, now() - make_interval(secs => n)
     from unnest($4::uuid[]) with ordinality as c(id, n)`,
    [tenant.tenantId, tenant.workspaceId, tenant.owner.accountId, ids],
  )
  await sql(
    `insert into stoa.book_readers (tenant_id, book_id, account_id, status, fraction, read_at)
     select $1, id, $2, case n % 3 when 0 then 'finished' else 'reading' end, (n % 100) / 100.0, now() - make_interval(mins => n::int)
     from unnest($3::uuid[]) with ordinality as c(id, n) where n % 10 = 0`,
    [tenant.tenantId, tenant.owner.accountId, ids],
  )
  return ids
}
