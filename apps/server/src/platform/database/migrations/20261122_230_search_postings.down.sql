drop trigger remove_blocks on stoa.search_contents;
drop function stoa.remove_search_blocks();
alter table stoa.search_blocks rename to search_postings;
alter index stoa.search_blocks_pkey rename to search_postings_pkey;
alter index stoa.search_blocks_of_content rename to search_postings_of_content;

create table stoa.search_blocks (
  tenant_id uuid not null,
  term_id integer not null,
  content_id uuid not null,
  part smallint not null,
  ids int2[] not null,
  tfs int2[] not null,
  lens int2[] not null,
  primary key (tenant_id, term_id, content_id, part),
  foreign key (tenant_id, content_id) references stoa.contents (tenant_id, id) on delete cascade
);
insert into stoa.search_blocks (tenant_id, term_id, content_id, part, ids, tfs, lens)
select tenant_id, term_id, content_id, (ord >> 15)::smallint,
  array_agg((ord & 32767)::int2 order by ord), array_agg(tf::int2 order by ord), array_agg(len::int2 order by ord)
from (
  select b.tenant_id, b.term_id, b.content_id, b.part * 16384 + (x >> 17) as ord, x >> 11 & 63 as tf, x & 2047 as len
  from stoa.search_postings b, unnest(b.postings) as x
) p group by tenant_id, term_id, content_id, ord >> 15;
drop table stoa.search_postings;
create index search_blocks_of_content on stoa.search_blocks (tenant_id, content_id);
select stoa.protect('stoa.search_blocks');
