import type { Store } from './store.ts'

/** Questions that find what was written in part; each gives the ids of what is half. */
const HALVES = {
  'posts without their record': `
    select encode(p.id, 'hex') as id from stoa.posts p where not exists (
      select from stoa.board_records r where r.tenant_id = p.tenant_id and r.id = p.id and r.board_id = p.board_id
        and r.kind = case when p.root_id is null then 'post' else 'comment' end)`,
  'records of posts and comments that nothing shows': `
    select encode(r.id, 'hex') as id from stoa.board_records r where r.kind in ('post', 'comment') and not exists (
      select from stoa.posts p where p.tenant_id = r.tenant_id and p.id = r.id)`,
  'records without their board': `
    select encode(r.id, 'hex') as id from stoa.board_records r where r.kind <> 'board' and not exists (
      select from stoa.board_records b where b.tenant_id = r.tenant_id and b.id = r.board_id and b.kind = 'board')`,
  'content that posts show and that is not here, or is not known to be theirs': `
    select u.digest as id from stoa.posts p cross join lateral (
        select encode(p.content_digest, 'hex') as digest
        union select m -> 'image' ->> 'digest' from jsonb_array_elements(p.media) m
        union select m -> 'thumb' ->> 'digest' from jsonb_array_elements(p.media) m) as u
      left join stoa.content_blobs c on c.tenant_id = p.tenant_id and c.digest = decode(u.digest, 'hex')
      left join stoa.content_names n on n.tenant_id = p.tenant_id and n.digest = c.digest and n.post_id = p.id
    where not p.deleted and (n.digest is null or c.dropped
      or (not c.whole and exists (select from stoa.board_records r where r.id = p.id and r.peer_id is null)))`,
  'names of posts that do not exist': `
    select encode(n.digest, 'hex') as id from stoa.content_names n where not exists (
      select from stoa.posts p where p.tenant_id = n.tenant_id and p.id = n.post_id)`,
  'boards that do not count their records': `
    select encode(b.id, 'hex') as id from stoa.boards b where b.last_seq <> (
      select coalesce(max(r.seq), 0) from stoa.board_records r
      where r.tenant_id = b.tenant_id and r.board_id = b.id)`,
  'organisations whose numbers have gaps': `
    select i.tenant_id::text as id from stoa.board_index i where (i.last_seq, i.last_seq) <> (
      select coalesce(max(r.seq), 0), count(*) from stoa.board_records r where r.tenant_id = i.tenant_id)`,
  'organisations whose records were not all announced': `
    select i.tenant_id::text as id from stoa.board_index i where i.last_seq <> (
      select coalesce(sum((e.payload ->> 'records')::bigint), 0) from stoa.events e
      where e.tenant_id = i.tenant_id and e.type = 'board.changed')`,
  'uploads of images that are not here': `
    select u.id::text as id from stoa.board_uploads u cross join lateral (
        values (u.media -> 'image' ->> 'digest'), (u.media -> 'thumb' ->> 'digest')) as d (digest)
    where u.media is not null and not exists (
      select from stoa.content_blobs c
      where c.tenant_id = u.tenant_id and c.digest = decode(d.digest, 'hex') and (c.whole or c.dropped))`,
} as const

/** What is half in the database of a node, by what it is: nothing, whenever it was killed. */
export async function halvesIn({ sql }: Store): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [what, question] of Object.entries(HALVES)) {
    const ids = (await sql<{ id: string }>(question)).map(({ id }) => id)
    if (ids.length > 0) found[what] = ids
  }
  return found
}
