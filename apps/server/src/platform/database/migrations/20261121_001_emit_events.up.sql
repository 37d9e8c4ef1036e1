-- Writes events of the transaction's tenant and tells whoever listens, in one call. The lock makes transactions of one
-- tenant that carry events commit one after the other, so that a reader who has seen event n has seen every earlier one.
-- Rows are bound by the policy of stoa.events: the function runs as who calls it. Returns the newest id.
create function stoa.emit_events(tenant uuid, list jsonb) returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  newest bigint;
begin
  -- The first key spells "even": it keeps these locks apart from others.
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
