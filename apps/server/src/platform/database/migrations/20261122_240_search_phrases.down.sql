create index search_blocks_of_content on stoa.search_blocks (tenant_id, content_id);
create or replace function stoa.remove_search_blocks() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from stoa.search_blocks b using gone g where b.tenant_id = g.tenant_id and b.content_id = g.content_id;
  return null;
end $$;
alter table stoa.search_contents drop column terms;

alter table stoa.search_passages rename column words to written;
alter table stoa.search_passages add column words tsvector not null default '';
update stoa.search_passages set words = to_tsvector('simple', written);
alter table stoa.search_passages drop column written;
alter table stoa.search_passages alter column words drop default;
create index search_passages_words on stoa.search_passages using gin (words)
  with (fastupdate = on, gin_pending_list_limit = 16384);

create function stoa.merge_search_words() returns void
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  select gin_clean_pending_list('stoa.search_passages_words'::regclass)
$$;
revoke all on function stoa.merge_search_words() from public;
grant execute on function stoa.merge_search_words() to stoa_app;

create function stoa.passages_matching(query tsquery, contents uuid[], most integer)
  returns table (content_id uuid, ord integer)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select p.content_id, p.ord from stoa.search_passages p
  where p.words @@ query
    and p.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid)
    and p.content_id = any (contents)
  limit most
$$;
revoke all on function stoa.passages_matching(tsquery, uuid[], integer) from public;
grant execute on function stoa.passages_matching(tsquery, uuid[], integer) to stoa_app;

delete from stoa.search_blocks where term_id in (select id from stoa.search_terms where starts_with(term, '='));
drop table stoa.search_forms;
delete from stoa.search_terms where starts_with(term, '=');
