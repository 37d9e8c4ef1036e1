-- What clearing up needs: whom to clear up for, and who still uses a file.

-- Ids of all tenants in their order, a page at a time, for work that is done for each of them. Nothing else of them is seen.
select stoa.allow_maintenance('stoa.tenants');
create function stoa.tenants_after(after uuid, most integer) returns table (tenant_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select t.id from stoa.tenants t where t.id > after order by t.id limit most
$$;
revoke all on function stoa.tenants_after(uuid, integer) from public;
grant execute on function stoa.tenants_after(uuid, integer) to stoa_app;

create index contents_reading on stoa.contents (tenant_id, reading_sha256) where reading_sha256 is not null;
create index uploads_digest on stoa.uploads (tenant_id, sha256) where sha256 is not null;
create index highlights_removed on stoa.highlights (tenant_id, deleted_at) where deleted_at is not null;
create index notes_removed on stoa.notes (tenant_id, deleted_at) where deleted_at is not null;
