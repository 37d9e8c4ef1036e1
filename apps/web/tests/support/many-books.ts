import { uuidv7 } from '@stoa/kernel'
import type { SignedTenant } from '@stoa/testkit/members'
import type { TestProgram } from '@stoa/testkit/program'

/** Puts so many books that were read in into the library, straight into the database; a third in Chinese. */
export async function addManyBooks(
  { db }: TestProgram,
  { tenantId, workspaceId, owner }: SignedTenant,
  count: number,
): Promise<void> {
  const ids = Array.from({ length: count }, () => uuidv7())
  await db.sql(
    `insert into stoa.contents (tenant_id, id, sha256, size, format, analysed_at, extracted_at)
     select $1, id, encode(sha256(id::text::bytea), 'hex'), 300000, 'epub', now(), now() from unnest($2::uuid[]) as c(id)`,
    [tenantId, ids],
  )
  await db.sql(
    `insert into stoa.books (tenant_id, id, workspace_id, content_id, state, progress, filename, format, title, authors,
       language, title_key, author_key, name_words, added_by, added_at)
     select $1, id, $2, id, 'ACTIVE', 1, 'b.epub', 'epub', case n % 3 when 0 then '第' || n || '册' else 'Volume ' || n end,
       array['Author ' || n % 997], case n % 3 when 0 then 'zh' else 'en' end,
       lpad(n::text, 9, '0'), 'author ' || n % 997, to_tsvector('simple', 'volume ' || n), $3, now() - make_interval(secs => n)
     from unnest($4::uuid[]) with ordinality as c(id, n)`,
    [tenantId, workspaceId, owner.accountId, ids],
  )
}
