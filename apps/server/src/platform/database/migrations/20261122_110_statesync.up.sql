-- Documents that several people change at the same time: an append-only log of operations, a snapshot that shortens it, and
-- who owns a document now. Every append names the owner's epoch and the version before it: a process that has lost a
-- document cannot write to it any more, however late it learns that.

create table stoa.statesync_documents (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  title text not null check (length(title) <= 500),
  workspace_id uuid,
  created_by uuid not null,
  metadata jsonb not null check (jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 8192),
  version bigint not null default 0,
  -- Of the snapshot and the log after it.
  size_bytes bigint not null default 0,
  owner_id uuid,
  epoch bigint not null default 0,
  lock_holder text check (length(lock_holder) between 1 and 200),
  lock_token bigint not null default 0,
  lock_expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index statesync_documents_of_workspace on stoa.statesync_documents (tenant_id, workspace_id, id);
select stoa.protect('stoa.statesync_documents');

-- Operations first_version to last_version, in one row for each commit.
create table stoa.statesync_operations (
  tenant_id uuid not null,
  document_id uuid not null,
  last_version bigint not null,
  first_version bigint not null check (first_version between 1 and last_version),
  operations bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, document_id, last_version),
  foreign key (tenant_id, document_id) references stoa.statesync_documents (tenant_id, id) on delete cascade
);
-- Small and binary: to compress them costs more than it saves.
alter table stoa.statesync_operations alter column operations set storage external;
select stoa.protect('stoa.statesync_operations');

create table stoa.statesync_snapshots (
  tenant_id uuid not null,
  document_id uuid not null,
  version bigint not null,
  state bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, document_id),
  foreign key (tenant_id, document_id) references stoa.statesync_documents (tenant_id, id) on delete cascade
);
alter table stoa.statesync_snapshots alter column state set storage external;
select stoa.protect('stoa.statesync_snapshots');

-- Processes that own documents. One without an address cannot be asked by others: what it owns may be taken at any time.
create table stoa.statesync_owners (
  id uuid primary key,
  address text,
  beat_at timestamptz not null
);
comment on table stoa.statesync_owners is 'shared: processes of this installation, nothing of any tenant';
grant select, insert, update, delete on stoa.statesync_owners to stoa_app;
