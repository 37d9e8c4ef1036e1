-- What every tenant table stands on: the row-level security template, the event outbox, idempotency keys.
-- The schema and the role stoa_app exist already: roles belong to the whole server, not to one database.

grant usage on schema stoa to stoa_app;

-- The tenant and the account of the current transaction; null outside of one. The policies spell these expressions out
-- inside a sub-select, so that they are evaluated once per statement and not once per row.
create function stoa.current_tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('stoa.tenant', true), '')::uuid;

create function stoa.current_account() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('stoa.account', true), '')::uuid;

-- Row-level security for one table: enabled, forced, one policy `tenant` for reading and writing, grants for stoa_app.
-- `for_account` names a column that holds an account: rows of that account may also be read without a tenant ("my
-- organisations"); writing stays inside the tenant. `key` is the column with the tenant, for the table of tenants itself.
create function stoa.protect(
  target regclass, for_account name default null, key name default 'tenant_id', privileges text default 'select, insert, update, delete'
) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  tenant constant text := $sql$(select nullif(current_setting('stoa.tenant', true), '')::uuid)$sql$;
  account constant text := $sql$(select nullif(current_setting('stoa.account', true), '')::uuid)$sql$;
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %1$s using (%2$I = %3$s) with check (%2$I = %3$s)', target, key, tenant);
  if for_account is not null then
    -- `with check (false)`-like by being for select only; the tenant is mentioned so that it adds rows only outside one.
    execute format('create policy own on %s for select using (%s is null and %I = %s)', target, tenant, for_account, account);
  end if;
  execute format('grant %s on %s to stoa_app', privileges, target);
end $$;

-- For a table that belongs to accounts and not to a tenant (sessions, devices): only the account itself.
create function stoa.protect_account(target regclass, key name default 'account_id') returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  account constant text := $sql$(select nullif(current_setting('stoa.account', true), '')::uuid)$sql$;
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy account on %1$s using (%2$I = %3$s) with check (%2$I = %3$s)', target, key, account);
  execute format('grant select, insert, update, delete on %s to stoa_app', target);
end $$;

-- Lets functions that run as the owner (security definer) see every tenant's rows of one table. On a server whose owner is
-- no superuser, forced row-level security would otherwise show them nothing.
create function stoa.allow_maintenance(target regclass) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('create policy maintenance on %s to %I using (true) with check (true)', target,
    (select rolname from pg_catalog.pg_class join pg_catalog.pg_roles on pg_roles.oid = relowner where pg_class.oid = target));
end $$;

-- `set_updated_at` keeps updated_at true whatever the statement forgot.
create function stoa.set_updated_at() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- The outbox: what happened, written in the transaction that made it happen. Ids of one tenant are given in the order of
-- commits, because emitting takes a lock per tenant that is held until the commit.
create table stoa.events (
  id bigint generated always as identity,
  tenant_id uuid not null,
  type text not null check (type ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$'),
  account_id uuid,
  workspace_id uuid,
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object' and pg_column_size(payload) <= 32768),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index events_created_at on stoa.events using brin (created_at);
select stoa.protect('stoa.events', privileges => 'select, insert');
select stoa.allow_maintenance('stoa.events');

-- Up to which id the events of a tenant have been deleted: who resumes from before that must load afresh.
create table stoa.event_horizons (
  tenant_id uuid primary key,
  deleted_through bigint not null
);
select stoa.protect('stoa.event_horizons', privileges => 'select');
select stoa.allow_maintenance('stoa.event_horizons');

-- The newest event of every tenant that has any: ids only, for whoever listens to all tenants. A loose index scan: one
-- probe of the primary key per tenant, however many events there are.
create function stoa.event_heads() returns table (tenant_id uuid, id bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with recursive tenants(tenant_id) as (
    (select e.tenant_id from stoa.events e order by e.tenant_id limit 1)
    union all
    select (select e.tenant_id from stoa.events e where e.tenant_id > t.tenant_id order by e.tenant_id limit 1)
    from tenants t where t.tenant_id is not null
  )
  select t.tenant_id, (select e.id from stoa.events e where e.tenant_id = t.tenant_id order by e.id desc limit 1)
  from tenants t where t.tenant_id is not null
$$;

-- Deletes at most `batch` events older than `before` and remembers how far; returns how many. Called until it returns 0.
create function stoa.delete_old_events(before timestamptz, batch integer) returns integer
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  with old as (
    select tenant_id, id from stoa.events where created_at < before order by tenant_id, id limit batch for update skip locked
  ), gone as (
    delete from stoa.events e using old where e.tenant_id = old.tenant_id and e.id = old.id returning e.tenant_id, e.id
  ), marked as (
    insert into stoa.event_horizons as h (tenant_id, deleted_through)
    select tenant_id, max(id) from gone group by tenant_id
    on conflict (tenant_id) do update set deleted_through = greatest(h.deleted_through, excluded.deleted_through)
  )
  select count(*)::integer from gone
$$;

-- The answer given to a request that carried an Idempotency-Key, to be given again.
create table stoa.idempotency_keys (
  tenant_id uuid not null,
  account_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  operation text not null,
  request_hash text not null,
  status smallint,
  headers jsonb,
  body text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, account_id, key)
);
create index idempotency_keys_created_at on stoa.idempotency_keys using brin (created_at);
select stoa.protect('stoa.idempotency_keys');
select stoa.allow_maintenance('stoa.idempotency_keys');

create function stoa.delete_old_idempotency_keys(before timestamptz, batch integer) returns integer
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  with old as (
    select tenant_id, account_id, key from stoa.idempotency_keys where created_at < before limit batch for update skip locked
  ), gone as (
    delete from stoa.idempotency_keys k using old
    where (k.tenant_id, k.account_id, k.key) = (old.tenant_id, old.account_id, old.key) returning 1
  )
  select count(*)::integer from gone
$$;

-- Functions may be called by everybody unless that is taken away; these reach across tenants.
revoke all on function stoa.event_heads(), stoa.delete_old_events(timestamptz, integer),
  stoa.delete_old_idempotency_keys(timestamptz, integer) from public;
grant execute on function stoa.event_heads(), stoa.delete_old_events(timestamptz, integer),
  stoa.delete_old_idempotency_keys(timestamptz, integer) to stoa_app;
