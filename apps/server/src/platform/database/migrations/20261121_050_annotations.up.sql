-- Highlights and notes. Removed ones stay for a while, so that a device that was offline learns of it and undo works.

-- One sequence of changes per tenant: what a device asks for after `change_id` is what it does not have yet.
create table stoa.highlights (
  tenant_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  book_id uuid not null,
  account_id uuid not null,
  locator jsonb not null,
  quote jsonb not null,
  chapter text,
  color text not null check (color in ('amber', 'rose', 'sage', 'sky', 'violet')),
  note text,
  tags text[] not null default '{}',
  visibility text not null check (visibility in ('private', 'workspace')),
  anchor_status text not null default 'exact' check (anchor_status in ('exact', 'repaired', 'approximate', 'lost')),
  -- Others had it: when it turns private, their copies must go.
  shared_before boolean not null default false,
  version integer not null default 1,
  change_id bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete cascade,
  foreign key (tenant_id, workspace_id) references stoa.workspaces (tenant_id, id) on delete cascade
);
create index highlights_of_book on stoa.highlights (tenant_id, book_id, ((locator ->> 'fraction')::real), id) where deleted_at is null;
create index highlights_of_account on stoa.highlights (tenant_id, account_id, created_at desc, id desc) where deleted_at is null;
create index highlights_shared on stoa.highlights (tenant_id, workspace_id, created_at desc, id desc) where deleted_at is null;
create index highlights_books on stoa.highlights (tenant_id, book_id);
create index highlights_workspace on stoa.highlights (tenant_id, workspace_id);
create index highlights_changes on stoa.highlights (tenant_id, change_id);
create index highlights_tags on stoa.highlights using gin (tags);
select stoa.protect('stoa.highlights');

create table stoa.notes (
  tenant_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  book_id uuid,
  highlight_id uuid,
  account_id uuid not null,
  locator jsonb,
  quote jsonb,
  title text,
  body text not null,
  tags text[] not null default '{}',
  visibility text not null check (visibility in ('private', 'workspace')),
  -- Others had it: when it turns private, their copies must go.
  shared_before boolean not null default false,
  version integer not null default 1,
  change_id bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete cascade,
  foreign key (tenant_id, highlight_id) references stoa.highlights (tenant_id, id) on delete cascade,
  foreign key (tenant_id, workspace_id) references stoa.workspaces (tenant_id, id) on delete cascade
);
create index notes_of_book on stoa.notes (tenant_id, book_id);
create index notes_workspace on stoa.notes (tenant_id, workspace_id);
create index notes_of_highlight on stoa.notes (tenant_id, highlight_id);
create index notes_of_account on stoa.notes (tenant_id, account_id, created_at desc, id desc) where deleted_at is null;
create index notes_shared on stoa.notes (tenant_id, workspace_id, created_at desc, id desc) where deleted_at is null;
create index notes_changes on stoa.notes (tenant_id, change_id);
create index notes_tags on stoa.notes using gin (tags);
select stoa.protect('stoa.notes');

-- The last change given out in a tenant. Its row is locked until the commit, so ids are seen in the order they were given.
create table stoa.annotation_changes (
  tenant_id uuid primary key references stoa.tenants (id) on delete cascade,
  last_id bigint not null
);
select stoa.protect('stoa.annotation_changes');
