-- Postings as one array of integers a block instead of three: a third of the room, and a query takes one array apart. Nobody
-- checks a foreign key for each of the thousands of blocks of a book any more: they go with the content's row in
-- search_contents, which has the key.

create table stoa.search_postings (
  tenant_id uuid not null,
  term_id integer not null,
  content_id uuid not null,
  -- Passage = part * 16384 + the posting's own number: books longer than that have several blocks a term.
  part smallint not null,
  -- Ascending; each passage << 17 | how often (up to 63) << 11 | length of the passage in terms (up to 2047).
  postings integer[] not null,
  primary key (tenant_id, term_id, content_id, part)
);

insert into stoa.search_postings (tenant_id, term_id, content_id, part, postings)
select tenant_id, term_id, content_id, (ord >> 14)::smallint,
  array_agg(((ord & 16383) << 17) | (least(tf, 63) << 11) | least(len, 2047) order by ord)
from (
  select b.tenant_id, b.term_id, b.content_id, b.part * 32768 + x.id as ord, x.tf::integer as tf, x.len::integer as len
  from stoa.search_blocks b, unnest(b.ids, b.tfs, b.lens) as x(id, tf, len)
) p group by tenant_id, term_id, content_id, ord >> 14;

drop table stoa.search_blocks;
alter table stoa.search_postings rename to search_blocks;
alter index stoa.search_postings_pkey rename to search_blocks_pkey;
create index search_blocks_of_content on stoa.search_blocks (tenant_id, content_id);
select stoa.protect('stoa.search_blocks');
select stoa.allow_maintenance('stoa.search_blocks');

create function stoa.remove_search_blocks() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from stoa.search_blocks b using gone g where b.tenant_id = g.tenant_id and b.content_id = g.content_id;
  return null;
end $$;
revoke all on function stoa.remove_search_blocks() from public;
create trigger remove_blocks after delete on stoa.search_contents
  referencing old table as gone for each statement execute function stoa.remove_search_blocks();
