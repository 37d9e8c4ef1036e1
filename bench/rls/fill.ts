import { createPostgresSearch } from '@stoa/server/platform/search/postgres/postgres-search.ts'
import { addBooks, type Installation } from '../support/installation.ts'
import { passagesOf } from '../support/passages.ts'

const INDEXED = 30

/** An organisation with shelves, marks, reading times, members and an index over some of its books; gives their contents. */
export async function fill(installation: Installation, books: number): Promise<string[]> {
  const { sql, tenant } = installation
  const ids = await addBooks(installation, books)
  const [tenantId, accountId] = [tenant.tenantId, tenant.owner.accountId]
  const owned = [tenantId, accountId, tenant.workspaceId]
  await sql(
    `with s as (insert into stoa.shelves (tenant_id, id, workspace_id, name, position, created_by)
       select $1, gen_random_uuid(), $3, 'Shelf ' || n, n, $2 from generate_series(1, 60) n returning id, position)
     insert into stoa.shelf_books (tenant_id, shelf_id, book_id)
       select $1, s.id, b.id from s join unnest($4::uuid[]) with ordinality as b(id, n) on b.n % 60 = s.position % 60`,
    [...owned, ids],
  )
  await sql(
    `insert into stoa.highlights (tenant_id, id, workspace_id, book_id, account_id, locator, quote, color, tags, visibility, change_id, created_at)
     select $1, gen_random_uuid(), $3, b.id, case when n % 2 = 0 then $2::uuid else $5::uuid end,
       jsonb_build_object('type', 'epub', 'cfi', 'epubcfi(/6/4)', 'fraction', (n % 100) / 100.0),
       jsonb_build_object('exact', 'the words number ' || n, 'prefix', '', 'suffix', ''), 'amber', array['tag ' || n % 40], 'workspace', n, now() - make_interval(secs => n)
     from unnest($4::uuid[]) with ordinality as b(id, n)`,
    [...owned, ids, tenant.member.accountId],
  )
  await sql(
    `insert into stoa.notes (tenant_id, id, workspace_id, book_id, account_id, body, tags, visibility, change_id, created_at)
     select $1, gen_random_uuid(), $3, b.id, $2, 'A note of number ' || n, array['tag ' || n % 40], 'private', n, now() - make_interval(secs => n)
     from unnest($4::uuid[]) with ordinality as b(id, n) where n % 3 = 0`,
    [...owned, ids],
  )
  await sql(
    `insert into stoa.reading_time (tenant_id, account_id, book_id, date, hour, seconds)
     select $1, $2, b.id, current_date - (n % 400)::integer, n % 24, 600 from unnest($3::uuid[]) with ordinality as b(id, n)`,
    [tenantId, accountId, ids],
  )
  await addPeople(installation, 300)
  await addPassages(installation, ids.slice(0, INDEXED))
  return ids
}

async function addPeople({ sql, tenant }: Installation, count: number): Promise<void> {
  await sql(
    `with a as (insert into stoa.accounts (id, display_name, locale, time_zone)
       select gen_random_uuid(), 'Person ' || n, 'en', 'UTC' from generate_series(1, $2::integer) n returning id)
     insert into stoa.memberships (tenant_id, account_id, role) select $1, id, 'member' from a`,
    [tenant.tenantId, count],
  )
}

async function addPassages(installation: Installation, contentIds: readonly string[]): Promise<void> {
  const engine = createPostgresSearch()
  const { tenantId, owner } = installation.tenant
  for (const [index, contentId] of contentIds.entries()) {
    const { texts } = passagesOf(index)
    await installation.sql(
      `insert into stoa.passages (tenant_id, content_id, ord, kind, section_index, section_path, text, prefix, suffix, locator, language, words)
       select $1, $2, n - 1, 'text', 0, array['One'], t, '', '', '{"type": "epub"}', 'en', 100 from unnest($3::text[]) with ordinality as p(t, n)`,
      [tenantId, contentId, texts],
    )
    await installation.database.tenant({ tenantId, accountId: owner.accountId }, (tx) =>
      engine.indexContent(
        tx,
        tenantId,
        contentId,
        texts.map((text, ord) => ({ ord, text, headings: [] })),
      ),
    )
  }
}
