-- Boards: signed records that nodes exchange, what they fold into, and the content that they name. Everything belongs to a
-- tenant: an operator gives the boards of a cluster to one organisation of each node (docs/adr/0017-boards-in-a-tenant.md).
-- Ids of records and authors are SHA-256, 32 bytes.

create table stoa.boards (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id bytea not null check (octet_length(id) = 32),
  -- What its records say, folded. No title: the record that begins the board has not come yet.
  title text,
  access text check (access in ('open', 'granted')),
  owner_id bytea,
  moderators bytea[] not null default '{}',
  authors bytea[] not null default '{}',
  banned bytea[] not null default '{}',
  accepted integer not null default 0,
  kept_out jsonb not null default '{}',
  post_count integer not null default 0,
  -- Told among the nodes of the cluster; the later one holds.
  reach text not null default 'cluster' check (reach in ('cluster', 'public')),
  reach_at bigint not null default 0,
  -- Of this node alone.
  policy text check (policy in ('all', 'recent', 'on_demand')),
  -- The last record that is folded into it.
  last_seq bigint not null default 0,
  last_id bytea,
  created_at timestamptz not null,
  last_active_at timestamptz not null,
  primary key (tenant_id, id)
) with (fillfactor = 50);
create index boards_active on stoa.boards (tenant_id, last_active_at desc, id desc);
select stoa.protect('stoa.boards');

-- Counts the records of a tenant. Its row is locked from the count to the commit: whoever has read all records up to a
-- number has missed none.
create table stoa.board_index (
  tenant_id uuid primary key references stoa.tenants (id) on delete cascade,
  last_seq bigint not null default 0
) with (fillfactor = 50);
select stoa.protect('stoa.board_index');

-- The signed records themselves, whether they count or not: kept and passed on as they are.
create table stoa.board_records (
  tenant_id uuid not null,
  id bytea not null check (octet_length(id) = 32),
  board_id bytea not null,
  seq bigint not null,
  kind text not null,
  author_id bytea not null,
  created_at timestamptz not null,
  received_at timestamptz not null,
  -- Who sent it; null: written here.
  peer_id text,
  bytes bytea not null check (octet_length(bytes) <= 16384),
  primary key (tenant_id, id),
  foreign key (tenant_id, board_id) references stoa.boards (tenant_id, id) on delete cascade
);
create unique index board_records_seq on stoa.board_records (tenant_id, seq);
create index board_records_of_board on stoa.board_records (tenant_id, board_id, seq);
create index board_records_of_author on stoa.board_records (tenant_id, author_id, board_id, kind);
create index board_records_moderation on stoa.board_records (tenant_id, board_id, created_at desc, id desc)
  where kind in ('hide', 'restore', 'lock', 'pin', 'ban', 'grant', 'revoke');
alter table stoa.board_records alter column bytes set storage external;
select stoa.protect('stoa.board_records');

-- The index: posts and comments that count, as everybody sees them. Lists read nothing else.
create table stoa.posts (
  tenant_id uuid not null,
  id bytea not null check (octet_length(id) = 32),
  board_id bytea not null,
  -- Of a comment: its post, and what it answers.
  root_id bytea,
  parent_id bytea,
  author_id bytea not null,
  title text not null,
  content_digest bytea not null,
  content_size bigint not null,
  content_type text not null,
  media jsonb not null default '[]',
  edited_at timestamptz,
  deleted boolean not null,
  hidden_by bytea,
  hidden_reason text,
  locked boolean not null,
  pinned boolean not null,
  -- Of a post: comments that can be read, and the last of them.
  comment_count integer not null default 0,
  last_active_at timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, board_id) references stoa.boards (tenant_id, id) on delete cascade
) with (fillfactor = 80);
create index posts_of_board on stoa.posts (tenant_id, board_id);
create index posts_newest on stoa.posts (tenant_id, board_id, pinned desc, created_at desc, id desc)
  where root_id is null and not deleted;
create index posts_active on stoa.posts (tenant_id, board_id, pinned desc, last_active_at desc, id desc)
  where root_id is null and not deleted;
create index posts_of_author on stoa.posts (tenant_id, author_id, created_at desc, id desc) where not deleted;
create index posts_comments on stoa.posts (tenant_id, root_id, created_at, id) where root_id is not null;
create index posts_content on stoa.posts (tenant_id, content_digest);
select stoa.protect('stoa.posts');

-- Content by its hash: what posts name, and where the bytes lie. A row stays when its bytes are given up.
create table stoa.content_blobs (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  digest bytea not null check (octet_length(digest) = 32),
  size bigint not null check (size >= 0),
  media_type text not null,
  -- Small texts lie here; everything else in blob storage. Of content above 1 MiB: its manifest.
  bytes bytea check (octet_length(bytes) <= 65536),
  in_storage boolean not null default false,
  -- Everything that is needed to read it is here.
  whole boolean not null default false,
  authored boolean not null default false,
  pinned boolean not null default false,
  -- Named by a board that anybody may read.
  public boolean not null default false,
  -- Nobody needs it any more: its author took it back.
  dropped boolean not null default false,
  evicted_at timestamptz,
  -- Of the newest post that names it.
  named_at timestamptz not null,
  used_at timestamptz not null,
  primary key (tenant_id, digest)
) with (fillfactor = 80);
create index content_blobs_missing on stoa.content_blobs (tenant_id, named_at desc, digest)
  where not whole and not dropped and evicted_at is null;
create index content_blobs_used on stoa.content_blobs (tenant_id, used_at, digest)
  where whole and not authored and not pinned;
alter table stoa.content_blobs alter column bytes set storage external;
select stoa.protect('stoa.content_blobs');

-- Which boards name a content: who may be given it follows from that.
create table stoa.content_names (
  tenant_id uuid not null,
  digest bytea not null,
  post_id bytea not null,
  board_id bytea not null,
  primary key (tenant_id, digest, post_id),
  foreign key (tenant_id, digest) references stoa.content_blobs (tenant_id, digest) on delete cascade,
  foreign key (tenant_id, board_id) references stoa.boards (tenant_id, id) on delete cascade
);
create index content_names_of_post on stoa.content_names (tenant_id, post_id);
create index content_names_of_board on stoa.content_names (tenant_id, board_id);
select stoa.protect('stoa.content_names');

-- Parts of content above 1 MiB, by their own hash.
create table stoa.content_chunks (
  tenant_id uuid not null,
  digest bytea not null,
  ordinal integer not null,
  chunk_digest bytea not null,
  held boolean not null default false,
  primary key (tenant_id, digest, ordinal),
  foreign key (tenant_id, digest) references stoa.content_blobs (tenant_id, digest) on delete cascade
);
create index content_chunks_by_hash on stoa.content_chunks (tenant_id, chunk_digest);
select stoa.protect('stoa.content_chunks');

-- Keys that members' records are signed with, sealed; the first makes the author's id, the last is in force. No account: the
-- node itself, which says who its members are.
create table stoa.author_keys (
  tenant_id uuid not null,
  author_id bytea not null check (octet_length(author_id) = 32),
  ordinal integer not null,
  account_id uuid,
  public_key bytea not null,
  sealed_key bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, author_id, ordinal),
  foreign key (tenant_id) references stoa.tenants (id) on delete cascade
);
create unique index author_keys_of_account on stoa.author_keys (tenant_id, account_id, ordinal) nulls not distinct;
select stoa.protect('stoa.author_keys');

-- Who authors are, as nodes say by signed records.
create table stoa.author_names (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  author_id bytea not null,
  claimed_by bytea not null,
  member text not null,
  name text not null,
  claimed_at timestamptz not null,
  primary key (tenant_id, author_id, claimed_by)
);
select stoa.protect('stoa.author_names');

-- Other nodes: when both last held the same, and by which author id a node signs.
create table stoa.board_peers (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  peer_id text not null check (length(peer_id) between 1 and 128),
  node_author bytea,
  in_step_at timestamptz,
  seen_at timestamptz not null,
  primary key (tenant_id, peer_id)
);
select stoa.protect('stoa.board_peers');

-- The reconciliation index, so that a start does not read every record; key 0 is its head.
create table stoa.reconcile_blocks (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  scope text not null check (scope in ('members', 'public')),
  key bigint not null,
  bytes bytea not null,
  primary key (tenant_id, scope, key)
);
alter table stoa.reconcile_blocks alter column bytes set storage external;
select stoa.protect('stoa.reconcile_blocks');

-- Images on their way into a post.
create table stoa.board_uploads (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  account_id uuid not null,
  size bigint not null check (size > 0),
  media jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index board_uploads_old on stoa.board_uploads (created_at);
select stoa.protect('stoa.board_uploads');
select stoa.allow_maintenance('stoa.board_uploads');

-- Forgets at most `batch` images that were reserved before `before`; what was made of them stands by itself.
create function stoa.delete_old_board_uploads(before timestamptz, batch integer) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  with old as (
    select u.tenant_id, u.id from stoa.board_uploads u
    where u.created_at < before order by u.created_at limit batch for update skip locked
  )
  delete from stoa.board_uploads u using old where u.tenant_id = old.tenant_id and u.id = old.id returning u.tenant_id, u.id
$$;
revoke all on function stoa.delete_old_board_uploads(timestamptz, integer) from public;
grant execute on function stoa.delete_old_board_uploads(timestamptz, integer) to stoa_app;
