-- Events with an audience that is neither an account, a workspace nor the whole organisation: a topic, e.g. `room:<id>`. Who
-- may follow a topic is decided by the capability that owns its kind, for each listener, when the event is handed out.
alter table stoa.events add column topic text check (topic ~ '^[a-z][a-z0-9_]*:[0-9a-f-]{36}$');

-- As before, and with the topic.
create or replace function stoa.emit_events(tenant uuid, list jsonb) returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  newest bigint;
begin
  -- The first key spells "even": it keeps these locks apart from others.
  perform pg_advisory_xact_lock(1702258030, hashtext(tenant::text));
  with added as (
    insert into stoa.events (tenant_id, type, account_id, workspace_id, topic, payload)
    select tenant, e->>'type', (e->>'accountId')::uuid, (e->>'workspaceId')::uuid, e->>'topic', e->'payload'
    from jsonb_array_elements(list) with ordinality as events(e, place) order by place
    returning id
  )
  select max(id) into newest from added;
  perform pg_notify('stoa_events', tenant || ':' || newest);
  return newest;
end $$;
