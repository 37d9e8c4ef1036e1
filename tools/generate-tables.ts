/**
 * apps/server/src/platform/database/migrations → tables.generated.ts: a PostgreSQL in a temporary folder is migrated and
 * asked what it has. `--check` writes nothing and fails when the committed file differs.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { connectionConfig, withClient } from '../apps/server/src/platform/database/connection.ts'
import { withDatabase } from '../apps/server/src/platform/database/server.ts'
import { startTestCluster } from '../packages/testkit/src/database-cluster.ts'
import { type Column, renderTables } from './tables/render.ts'

const target = fileURLToPath(
  new URL('../apps/server/src/platform/database/tables.generated.ts', import.meta.url),
)

const COLUMNS = `select c.relname as "table", a.attname as "column", t.typname as type, not a.attnotnull as nullable,
    a.atthasdef or a.attidentity <> '' as "hasDefault", a.attgenerated <> '' or a.attidentity = 'a' as "alwaysGenerated"
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'stoa'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition`

async function generate(): Promise<string> {
  const { cluster, stop } = await startTestCluster()
  try {
    const url = withDatabase(cluster.ownerUrl, cluster.template)
    const { rows } = await withClient(connectionConfig(url, 'generate'), (client) =>
      client.query<Column>(COLUMNS),
    )
    return renderTables(rows)
  } finally {
    await stop()
  }
}

async function main(check: boolean): Promise<void> {
  const content = await generate()
  const committed = await readFile(target, 'utf8').catch(() => undefined)
  if (committed === content) return console.log('tables: up to date')
  if (check) throw new Error('stale: tables.generated.ts. Run npm run generate and commit the result.')
  await writeFile(target, content)
  console.log('tables: wrote tables.generated.ts')
}

if (import.meta.main) {
  await main(process.argv.includes('--check')).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
