-- Phrases and beginnings of words without an index of their own. Where every word of a phrase stands, the blocks tell; only
-- those passages are looked at, by their words in order. The index of words cost half of the time that indexing took.

-- Words as they stand in texts, and the term that each is found by: its stem; for a word that says nothing by itself (the) and
-- for a Chinese character, the same after a `=`. Such terms are never ranked, they tell where a phrase may be.
create table stoa.search_forms (
  form text collate "C" not null primary key,
  term_id integer not null,
  -- Not one of the terms with a `=`.
  ranked boolean not null
);
comment on table stoa.search_forms is 'shared: words without counts or owners, and their stems';
create index search_forms_of_term on stoa.search_forms (term_id);
grant select, insert on stoa.search_forms to stoa_app;

create temporary table lexemes on commit drop as
select p.tenant_id, p.content_id, p.ord, w.lexeme, cardinality(w.positions) as often
from stoa.search_passages p, unnest(p.words) w;

create temporary table forms on commit drop as
select lexeme, lexeme ~ '^[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]$' as han,
  (ts_lexize('english_stem', lexeme))[1] as stem
from (select distinct lexeme from lexemes) l;

insert into stoa.search_terms (term)
select distinct case when han or stem is null then '=' || lexeme else stem end from forms
on conflict (term) do nothing;

insert into stoa.search_forms (form, term_id, ranked)
select f.lexeme, t.id, f.stem is not null from forms f join stoa.search_terms t on t.term = coalesce(f.stem, '=' || f.lexeme) where not f.han;

insert into stoa.search_blocks (tenant_id, term_id, content_id, part, postings)
select l.tenant_id, t.id, l.content_id, (l.ord >> 14)::smallint,
  array_agg(((l.ord & 16383) << 17) | (least(l.often, 63) << 11) order by l.ord)
from lexemes l join forms f using (lexeme) join stoa.search_terms t on t.term = '=' || f.lexeme
where f.han or f.stem is null
group by 1, 2, 3, 4;

drop function stoa.passages_matching(tsquery, uuid[], integer);
drop function stoa.merge_search_words();
drop index stoa.search_passages_words;

-- Words in order, a blank before, between and after them: a phrase is a part of it.
alter table stoa.search_passages rename column words to vector;
alter table stoa.search_passages add column words text not null default ' ';
update stoa.search_passages p set words = ' ' || coalesce((
  select string_agg(w.lexeme, ' ' order by at) from unnest(p.vector) w, unnest(w.positions) at), '') || ' ';
alter table stoa.search_passages drop column vector;
alter table stoa.search_passages alter column words drop default;

-- A content knows its terms: its blocks are then found by their key, and need no second index.
alter table stoa.search_contents add column terms integer[] not null default '{}';
update stoa.search_contents c set terms = array(
  select distinct b.term_id from stoa.search_blocks b where b.tenant_id = c.tenant_id and b.content_id = c.content_id);
drop index stoa.search_blocks_of_content;

create or replace function stoa.remove_search_blocks() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from stoa.search_blocks b using (select tenant_id, content_id, unnest(terms) as term_id from gone) g
  where b.tenant_id = g.tenant_id and b.term_id = g.term_id and b.content_id = g.content_id;
  return null;
end $$;
