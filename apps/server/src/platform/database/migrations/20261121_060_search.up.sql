-- The full-text index. Passages are ranked by BM25 over blocks: one row per term and content, with the passages it stands in,
-- how often, and how long they are. Inside a tenth of the books a query therefore reads a tenth of the rows.

-- The dictionary: English stems and Chinese words. Shared by all tenants; holds no counts, so it tells nothing about anybody.
create table stoa.search_terms (
  id integer generated always as identity primary key,
  term text not null unique
);
comment on table stoa.search_terms is 'shared: words without counts or owners, looked up one by one';
grant select, insert on stoa.search_terms to stoa_app;

create table stoa.search_blocks (
  tenant_id uuid not null,
  term_id integer not null,
  content_id uuid not null,
  -- Passage = part * 32768 + id: books longer than that have several blocks a term.
  part smallint not null,
  ids int2[] not null,
  tfs int2[] not null,
  lens int2[] not null,
  primary key (tenant_id, term_id, content_id, part),
  foreign key (tenant_id, content_id) references stoa.contents (tenant_id, id) on delete cascade
);
create index search_blocks_of_content on stoa.search_blocks (tenant_id, content_id);
select stoa.protect('stoa.search_blocks');

create table stoa.search_contents (
  tenant_id uuid not null,
  content_id uuid not null,
  passages integer not null,
  -- Sum of the passages' lengths in terms.
  length bigint not null,
  -- Chinese is cut into words by ICU: another version may cut differently, and the content is indexed anew.
  icu_version text not null,
  indexed_at timestamptz not null default now(),
  primary key (tenant_id, content_id),
  foreign key (tenant_id, content_id) references stoa.contents (tenant_id, id) on delete cascade
);
select stoa.protect('stoa.search_contents');

-- For phrases and prefixes: words in lower case, Chinese character by character, with their positions.
create table stoa.search_passages (
  tenant_id uuid not null,
  content_id uuid not null,
  ord integer not null,
  words tsvector not null,
  primary key (tenant_id, content_id, ord),
  foreign key (tenant_id, content_id) references stoa.contents (tenant_id, id) on delete cascade
);
create index search_passages_words on stoa.search_passages using gin (words) with (fastupdate = off);
select stoa.protect('stoa.search_passages');
select stoa.allow_maintenance('stoa.search_passages');

-- Books, highlights and notes: few and short enough to be scored from their vectors.
create table stoa.search_documents (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  kind text not null check (kind in ('book', 'highlight', 'note')),
  id uuid not null,
  workspace_id uuid not null,
  book_id uuid,
  account_id uuid not null,
  -- Only for this account when set.
  private_to uuid,
  title text not null,
  text text not null,
  -- English stems and Chinese words.
  terms tsvector not null,
  words tsvector not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, kind, id)
);
create index search_documents_terms on stoa.search_documents using gin (terms);
create index search_documents_words on stoa.search_documents using gin (words);
create index search_documents_of_book on stoa.search_documents (tenant_id, book_id);
select stoa.protect('stoa.search_documents');
select stoa.allow_maintenance('stoa.search_documents');

-- Text search operators are not leakproof, so under row-level security PostgreSQL will not use a GIN index for them. These
-- functions look into the index as the owner and apply the same tenant rule themselves.
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

create function stoa.documents_matching(terms tsquery, words tsquery, kinds text[], most integer)
  returns table (kind text, id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select d.kind, d.id from stoa.search_documents d
  where (d.terms @@ $1 or d.words @@ $2)
    and d.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid)
    and d.kind = any (kinds)
  limit most
$$;
revoke all on function stoa.passages_matching(tsquery, uuid[], integer) from public;
revoke all on function stoa.documents_matching(tsquery, tsquery, text[], integer) from public;
grant execute on function stoa.passages_matching(tsquery, uuid[], integer) to stoa_app;
grant execute on function stoa.documents_matching(tsquery, tsquery, text[], integer) to stoa_app;
