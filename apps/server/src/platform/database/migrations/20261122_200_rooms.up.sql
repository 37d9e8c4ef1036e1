-- Rooms and what is said in them. Two counters a room, both without gaps because they are given out under the lock of the
-- room's row: `sequence` is the place of a message and never changes; `revision` numbers every change of any message, so
-- that whoever has seen revision n asks for what came after it.
create table stoa.rooms (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('room', 'direct')),
  workspace_id uuid,
  parent_id uuid,
  book_id uuid,
  name text not null check (length(name) <= 120),
  topic text check (length(topic) <= 500),
  visibility text not null check (visibility in ('open', 'private')),
  posting text not null default 'everyone' check (posting in ('everyone', 'moderators')),
  -- The two of a direct room, the smaller id first: one room for one pair.
  first_id uuid,
  second_id uuid,
  last_sequence bigint not null default 0,
  last_revision bigint not null default 0,
  last_message_at timestamptz,
  created_by uuid not null,
  version integer not null default 1,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, workspace_id) references stoa.workspaces (tenant_id, id) on delete cascade,
  foreign key (tenant_id, parent_id) references stoa.rooms (tenant_id, id) on delete set null (parent_id),
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete set null (book_id),
  check ((kind = 'room') = (workspace_id is not null)),
  check ((kind = 'direct') = (first_id is not null and second_id is not null)),
  check (first_id < second_id),
  check (kind = 'room' or visibility = 'private')
) with (fillfactor = 50);
create unique index rooms_pair on stoa.rooms (tenant_id, first_id, second_id) where kind = 'direct';
create index rooms_workspace on stoa.rooms (tenant_id, workspace_id);
create index rooms_parent on stoa.rooms (tenant_id, parent_id);
create index rooms_book on stoa.rooms (tenant_id, book_id);
select stoa.protect('stoa.rooms');

create table stoa.room_members (
  tenant_id uuid not null,
  room_id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('owner', 'moderator', 'member')),
  notifications text not null default 'all' check (notifications in ('all', 'mentions', 'none')),
  pinned boolean not null default false,
  read_sequence bigint not null default 0,
  delivered_sequence bigint not null default 0,
  joined_at timestamptz not null,
  primary key (tenant_id, room_id, account_id),
  foreign key (tenant_id, room_id) references stoa.rooms (tenant_id, id) on delete cascade,
  foreign key (tenant_id, account_id) references stoa.memberships (tenant_id, account_id) on delete cascade
) with (fillfactor = 70);
create index room_members_account on stoa.room_members (tenant_id, account_id);
select stoa.protect('stoa.room_members');

-- What belongs to a message and is shown with it lies in its row: a page of history is one index range.
create table stoa.messages (
  tenant_id uuid not null,
  room_id uuid not null,
  sequence bigint not null,
  id uuid not null,
  revision bigint not null,
  version integer not null default 1,
  account_id uuid not null,
  body text not null check (octet_length(body) <= 32768),
  thread_root_id uuid,
  reply_count integer not null default 0,
  last_reply_at timestamptz,
  repliers uuid[] not null default '{}',
  mentions uuid[] not null default '{}',
  mentions_everyone boolean not null default false,
  citations jsonb not null default '[]',
  quotes jsonb not null default '[]',
  attachments jsonb not null default '[]',
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  deleted_by uuid,
  primary key (tenant_id, room_id, sequence),
  unique (tenant_id, id),
  foreign key (tenant_id, room_id) references stoa.rooms (tenant_id, id) on delete cascade
);
create unique index messages_revision on stoa.messages (tenant_id, room_id, revision);
create index messages_thread on stoa.messages (tenant_id, thread_root_id, sequence) where thread_root_id is not null;
select stoa.protect('stoa.messages');

-- What an edited message said before; the last 20.
create table stoa.message_versions (
  tenant_id uuid not null,
  message_id uuid not null,
  version integer not null,
  body text not null,
  written_at timestamptz not null,
  primary key (tenant_id, message_id, version),
  foreign key (tenant_id, message_id) references stoa.messages (tenant_id, id) on delete cascade
);
select stoa.protect('stoa.message_versions');

create table stoa.message_reactions (
  tenant_id uuid not null,
  message_id uuid not null,
  emoji text not null check (length(emoji) between 1 and 32),
  account_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, message_id, emoji, account_id),
  foreign key (tenant_id, message_id) references stoa.messages (tenant_id, id) on delete cascade
);
select stoa.protect('stoa.message_reactions');

-- Who was mentioned where. Everybody in the room is the account of zeros.
create table stoa.message_mentions (
  tenant_id uuid not null,
  account_id uuid not null,
  room_id uuid not null,
  sequence bigint not null,
  author_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, account_id, room_id, sequence),
  foreign key (tenant_id, room_id, sequence) references stoa.messages (tenant_id, room_id, sequence) on delete cascade
);
create index message_mentions_of_message on stoa.message_mentions (tenant_id, room_id, sequence);
create index message_mentions_newest on stoa.message_mentions (tenant_id, account_id, created_at desc, room_id, sequence);
select stoa.protect('stoa.message_mentions');

-- Files for messages: reserved, uploaded, looked at, then sent with one message.
create table stoa.room_attachments (
  tenant_id uuid not null,
  id uuid not null,
  room_id uuid not null,
  account_id uuid not null,
  filename text not null check (length(filename) between 1 and 255),
  size bigint not null check (size > 0),
  -- As the server found it; null until it has looked.
  media_type text,
  image jsonb,
  message_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, room_id) references stoa.rooms (tenant_id, id) on delete cascade
);
create index room_attachments_room on stoa.room_attachments (tenant_id, room_id);
create index room_attachments_message on stoa.room_attachments (tenant_id, message_id) where message_id is not null;
create index room_attachments_unsent on stoa.room_attachments (created_at) where message_id is null;
select stoa.protect('stoa.room_attachments');
select stoa.allow_maintenance('stoa.room_attachments');

-- Forgets at most `batch` files that were reserved before `before` and never sent; their bytes are to be deleted by the caller.
create function stoa.delete_unsent_attachments(before timestamptz, batch integer) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  with old as (
    select a.tenant_id, a.id from stoa.room_attachments a
    where a.message_id is null and a.created_at < before order by a.created_at limit batch for update skip locked
  )
  delete from stoa.room_attachments a using old where a.tenant_id = old.tenant_id and a.id = old.id returning a.tenant_id, a.id
$$;
revoke all on function stoa.delete_unsent_attachments(timestamptz, integer) from public;
grant execute on function stoa.delete_unsent_attachments(timestamptz, integer) to stoa_app;

-- The rooms whose messages the current account may read: open ones of its workspaces, private ones it was brought into and
-- whose workspace it still sees, and its direct rooms. The one place where this is decided; in queries:
-- `room_id = any (array(select stoa.visible_rooms()))`.
create function stoa.visible_rooms() returns setof uuid
  language sql stable
as $$
  select r.id from stoa.rooms r
  where r.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid)
    and (
      (r.visibility = 'open' and r.workspace_id = any (array(select stoa.visible_workspaces())))
      or (r.id = any (array(
            select m.room_id from stoa.room_members m
            where m.tenant_id = r.tenant_id and m.account_id = (select nullif(current_setting('stoa.account', true), '')::uuid)))
          and (r.workspace_id = any (array(select stoa.visible_workspaces()))
            or (r.kind = 'direct' and exists (
              select from stoa.memberships t
              where t.tenant_id = r.tenant_id and t.removed_at is null
                and t.account_id = (select nullif(current_setting('stoa.account', true), '')::uuid)))))
    )
$$;
grant execute on function stoa.visible_rooms() to stoa_app;
