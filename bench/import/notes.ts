import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from '@stoa/kernel'
import { runningAppUrl } from '@stoa/server/platform/database/embedded/running.ts'
import pg from 'pg'
import type { Owner } from '../support/owner.ts'

/**
 * Short texts, a hundred a folder, and the rows that importing them leaves: what is measured is looking at them again, and
 * reading in ten thousand files first would take longer than everything else.
 */
export async function prepareNotes(
  folder: string,
  count: number,
  { data, owner }: { data: string; owner: Owner },
): Promise<void> {
  const digests: string[] = []
  for (let index = 0; index < count; index++) {
    const part = join(folder, String(Math.floor(index / 100)))
    if (index % 100 === 0) await mkdir(part, { recursive: true })
    const text = `Note ${index}\n\nThe ${index}th of many short texts.\n`
    await writeFile(join(part, `${index}.txt`), text)
    digests.push(createHash('sha256').update(text).digest('hex'))
  }
  const { items } = await owner.client.call('listWorkspaces', {})
  const client = new pg.Client({ connectionString: await runningAppUrl(data) })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('stoa.tenant', $1, true)`, [owner.tenantId])
    const ids = digests.map(() => uuidv7())
    await client.query(
      `insert into stoa.contents (tenant_id, id, sha256, size, format, analysed_at, extracted_at)
       select $1, id, sha256, 40, 'txt', now(), now() from unnest($2::uuid[], $3::text[]) as x(id, sha256)`,
      [owner.tenantId, ids, digests],
    )
    await client.query(
      `insert into stoa.books (tenant_id, id, workspace_id, content_id, state, progress, filename, format, title, title_key, author_key, name_words, added_by)
       select $1, id, $2, id, 'ACTIVE', 1, 'n.txt', 'txt', 'Note', 'note', '', '', $3 from unnest($4::uuid[]) as x(id)`,
      [owner.tenantId, items[0]?.id, owner.accountId, ids],
    )
    await client.query('commit')
  } finally {
    await client.end()
  }
}
