-- Messages are found like notes, within the rooms that the searcher may read.
alter table stoa.search_documents drop constraint search_documents_kind_check;
alter table stoa.search_documents add constraint search_documents_kind_check check (kind in ('book', 'highlight', 'note', 'message'));
alter table stoa.search_documents alter column workspace_id drop not null;
alter table stoa.search_documents add column room_id uuid;
alter table stoa.search_documents add constraint search_documents_room check ((kind = 'message') = (room_id is not null));
alter table stoa.search_documents add constraint search_documents_workspace check (kind = 'message' or workspace_id is not null);
create index search_documents_of_room on stoa.search_documents (tenant_id, room_id) where room_id is not null;

-- As before, and with the rooms: what stands elsewhere must not take the places of what may be seen. The newest first.
drop function stoa.documents_matching(tsquery, tsquery, text[], integer);
create function stoa.documents_matching(terms tsquery, words tsquery, kinds text[], rooms uuid[], most integer)
  returns table (kind text, id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select d.kind, d.id from stoa.search_documents d
  where (d.terms @@ $1 or d.words @@ $2)
    and d.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid)
    and d.kind = any (kinds)
    and (d.room_id is null or d.room_id = any (rooms))
  order by d.updated_at desc
  limit most
$$;
revoke all on function stoa.documents_matching(tsquery, tsquery, text[], uuid[], integer) from public;
grant execute on function stoa.documents_matching(tsquery, tsquery, text[], uuid[], integer) to stoa_app;
