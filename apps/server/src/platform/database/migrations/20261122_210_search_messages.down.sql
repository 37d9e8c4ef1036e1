delete from stoa.search_documents where kind = 'message';
drop function stoa.documents_matching(tsquery, tsquery, text[], uuid[], integer);
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
revoke all on function stoa.documents_matching(tsquery, tsquery, text[], integer) from public;
grant execute on function stoa.documents_matching(tsquery, tsquery, text[], integer) to stoa_app;
alter table stoa.search_documents drop column room_id;
alter table stoa.search_documents drop constraint search_documents_kind_check;
alter table stoa.search_documents drop constraint search_documents_workspace;
alter table stoa.search_documents alter column workspace_id set not null;
alter table stoa.search_documents add constraint search_documents_kind_check check (kind in ('book', 'highlight', 'note'));
