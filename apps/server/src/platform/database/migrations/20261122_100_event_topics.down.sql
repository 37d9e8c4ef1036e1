-- Events for a topic must not become events for everybody.
delete from stoa.events where topic is not null;

create or replace function stoa.emit_events(tenant uuid, list jsonb) returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  newest bigint;
begin
  perform pg_advisory_xact_lock(1702258030, hashtext(tenant::text));
  with added as (
    insert into stoa.events (tenant_id, type, account_id, workspace_id, payload)
    select tenant, e->>'type', (e->>'accountId')::uuid, (e->>'workspaceId')::uuid, e->'payload'
    from jsonb_array_elements(list) with ordinality as events(e, place) order by place
    returning id
  )
  select max(id) into newest from added;
  perform pg_notify('stoa_events', tenant || ':' || newest);
  return newest;
end $$;

alter table stoa.events drop column topic;
