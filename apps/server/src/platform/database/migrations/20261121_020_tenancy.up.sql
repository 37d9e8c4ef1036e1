-- Organisations (tenants), their workspaces, who belongs to them, invitations, and the audit log.

create table stoa.tenants (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger tenants_updated_at before update on stoa.tenants for each row execute function stoa.set_updated_at();
select stoa.protect('stoa.tenants', key => 'id', privileges => 'select, insert, update');

create table stoa.workspaces (
  tenant_id uuid not null references stoa.tenants,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  version integer not null default 1,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create trigger workspaces_updated_at before update on stoa.workspaces for each row execute function stoa.set_updated_at();
select stoa.protect('stoa.workspaces', privileges => 'select, insert, update');

-- A removed member keeps the row (`removed_at`), so that what they wrote keeps a name.
create table stoa.memberships (
  tenant_id uuid not null references stoa.tenants,
  account_id uuid not null references stoa.accounts,
  role text not null check (role in ('owner', 'admin', 'member', 'guest')),
  version integer not null default 1,
  joined_at timestamptz not null default now(),
  removed_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, account_id)
);
create index memberships_account_id on stoa.memberships (account_id);
create index memberships_owners on stoa.memberships (tenant_id) where role = 'owner' and removed_at is null;
create trigger memberships_updated_at before update on stoa.memberships for each row execute function stoa.set_updated_at();
select stoa.protect('stoa.memberships', for_account => 'account_id', privileges => 'select, insert, update');

create table stoa.workspace_members (
  tenant_id uuid not null,
  workspace_id uuid not null,
  account_id uuid not null,
  added_at timestamptz not null default now(),
  primary key (tenant_id, workspace_id, account_id),
  foreign key (tenant_id, workspace_id) references stoa.workspaces,
  foreign key (tenant_id, account_id) references stoa.memberships
);
create index workspace_members_account_id on stoa.workspace_members (tenant_id, account_id);
select stoa.protect('stoa.workspace_members', privileges => 'select, insert, delete');

-- The token of an invitation names its tenant, so that it is looked up inside that tenant. The token that goes by mail is
-- another one than the link that is shown: it proves the address as well.
create table stoa.invitations (
  tenant_id uuid not null references stoa.tenants,
  id uuid not null,
  token_hash bytea not null,
  mail_token_hash bytea,
  role text not null check (role in ('admin', 'member', 'guest')),
  email text check (email = lower(email)),
  workspace_ids uuid[] not null default '{}',
  max_uses integer not null check (max_uses between 1 and 500),
  uses integer not null default 0 check (uses between 0 and max_uses),
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  unique (tenant_id, mail_token_hash),
  foreign key (tenant_id, invited_by) references stoa.memberships
);
create index invitations_invited_by on stoa.invitations (tenant_id, invited_by);
create index invitations_open on stoa.invitations (tenant_id, created_at desc) where revoked_at is null;
select stoa.protect('stoa.invitations', privileges => 'select, insert, update');

-- Every administrative and security act in the organisation. Written once, never changed.
create table stoa.audit_logs (
  tenant_id uuid not null references stoa.tenants,
  id uuid not null,
  actor_id uuid references stoa.accounts,
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  target_type text not null,
  target_id text,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index audit_logs_actor_id on stoa.audit_logs (actor_id);
create index audit_logs_created_at on stoa.audit_logs (tenant_id, created_at desc);
select stoa.protect('stoa.audit_logs', privileges => 'select, insert');

-- "My organisations": outside of a tenant, an account sees the names of those it belongs to.
create policy own on stoa.tenants for select using (
  (select nullif(current_setting('stoa.tenant', true), '')::uuid) is null and exists (
    select from stoa.memberships m
    where m.tenant_id = tenants.id and m.removed_at is null
      and m.account_id = (select nullif(current_setting('stoa.account', true), '')::uuid)));

-- Inside a tenant, names of everybody who is or was a member, addresses of those who are. The sub-select is bound by the
-- policy of memberships: other tenants' members do not exist in it.
create policy co_member on stoa.accounts for select using (exists (
  select from stoa.memberships m
  where m.account_id = accounts.id and m.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid)));
create policy co_member on stoa.account_emails for select using (exists (
  select from stoa.memberships m
  where m.account_id = account_emails.account_id and m.removed_at is null
    and m.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid)));

-- The workspaces whose content the current account may see: owners and admins all, others those they were put into;
-- archived ones nobody. In queries: `workspace_id = any (array(select stoa.visible_workspaces()))`, evaluated once.
create function stoa.visible_workspaces() returns setof uuid
  language sql stable
as $$
  select w.id
  from stoa.workspaces w
  join stoa.memberships m on m.tenant_id = w.tenant_id and m.removed_at is null
    and m.account_id = (select nullif(current_setting('stoa.account', true), '')::uuid)
  where w.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid) and w.archived_at is null
    and (m.role in ('owner', 'admin') or exists (
      select from stoa.workspace_members x
      where x.tenant_id = w.tenant_id and x.workspace_id = w.id and x.account_id = m.account_id))
$$;
grant execute on function stoa.visible_workspaces() to stoa_app;
