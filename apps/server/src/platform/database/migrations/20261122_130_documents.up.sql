-- Documents that are written together. Their text is a Yjs document of the same id in the StateSync tables; here is what it is
-- called, who may do what with it, and what was read out of the text a moment ago (`projected_version` says of which one).
create table stoa.documents (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  workspace_id uuid not null,
  book_id uuid,
  title text not null check (length(title) <= 300),
  title_key text not null,
  visibility text not null check (visibility in ('workspace', 'private')),
  workspace_access text not null check (workspace_access in ('read', 'comment', 'write')),
  version integer not null default 1,
  created_by uuid not null,
  edited_by uuid,
  edited_at timestamptz not null,
  trashed_at timestamptz,
  created_at timestamptz not null,
  excerpt text not null default '',
  word_count integer not null default 0,
  content jsonb,
  projected_version bigint not null default 0,
  -- Who has changed the text since the newest version was kept.
  editors uuid[] not null default '{}',
  primary key (tenant_id, id),
  foreign key (tenant_id, workspace_id) references stoa.workspaces (tenant_id, id) on delete cascade,
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete set null (book_id)
);
create index documents_edited on stoa.documents (tenant_id, workspace_id, edited_at desc, id);
create index documents_created on stoa.documents (tenant_id, workspace_id, created_at desc, id);
create index documents_titles on stoa.documents (tenant_id, workspace_id, title_key, id);
create index documents_book on stoa.documents (tenant_id, book_id) where book_id is not null;
create index documents_trashed on stoa.documents (tenant_id, trashed_at) where trashed_at is not null;
select stoa.protect('stoa.documents');

create table stoa.document_members (
  tenant_id uuid not null,
  document_id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('owner', 'writer', 'commenter', 'reader')),
  added_at timestamptz not null,
  primary key (tenant_id, document_id, account_id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade,
  foreign key (tenant_id, account_id) references stoa.memberships (tenant_id, account_id) on delete cascade
);
create index document_members_account on stoa.document_members (tenant_id, account_id);
select stoa.protect('stoa.document_members');

create table stoa.document_stars (
  tenant_id uuid not null,
  account_id uuid not null,
  document_id uuid not null,
  primary key (tenant_id, account_id, document_id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade,
  foreign key (tenant_id, account_id) references stoa.memberships (tenant_id, account_id) on delete cascade
);
create index document_stars_document on stoa.document_stars (tenant_id, document_id);
select stoa.protect('stoa.document_stars');

-- What was kept of the text, as ProseMirror JSON.
create table stoa.document_versions (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  kind text not null check (kind in ('named', 'automatic', 'restore', 'merge')),
  name text check (length(name) between 1 and 120),
  authors uuid[] not null default '{}',
  content jsonb not null,
  word_count integer not null,
  words_added integer not null,
  words_removed integer not null,
  collisions jsonb not null default '[]',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade
);
create index document_versions_newest on stoa.document_versions (tenant_id, document_id, created_at desc, id desc);
select stoa.protect('stoa.document_versions');

create table stoa.document_threads (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  anchor jsonb,
  resolved_at timestamptz,
  resolved_by uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade
);
create index document_threads_order on stoa.document_threads (tenant_id, document_id, created_at, id);
select stoa.protect('stoa.document_threads');

create table stoa.document_comments (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  thread_id uuid not null,
  account_id uuid not null,
  body text not null check (length(body) between 1 and 8000),
  mentions uuid[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  edited_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade,
  foreign key (tenant_id, thread_id) references stoa.document_threads (tenant_id, id) on delete cascade
);
create index document_comments_order on stoa.document_comments (tenant_id, thread_id, created_at, id);
create index document_comments_document on stoa.document_comments (tenant_id, document_id);
select stoa.protect('stoa.document_comments');

-- Who was mentioned where: in the text itself (the thread is the document's own id) or in a comment of a thread.
create table stoa.document_mentions (
  tenant_id uuid not null,
  account_id uuid not null,
  document_id uuid not null,
  place_id uuid not null,
  thread_id uuid,
  author_id uuid,
  text text not null check (length(text) <= 500),
  read_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, account_id, document_id, place_id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade,
  foreign key (tenant_id, account_id) references stoa.memberships (tenant_id, account_id) on delete cascade
);
create index document_mentions_newest on stoa.document_mentions (tenant_id, account_id, created_at desc, place_id);
create index document_mentions_document on stoa.document_mentions (tenant_id, document_id, place_id);
select stoa.protect('stoa.document_mentions');

-- Books whose passages the text cites: from a book to what was written about it.
create table stoa.document_citations (
  tenant_id uuid not null,
  document_id uuid not null,
  book_id uuid not null,
  count integer not null,
  primary key (tenant_id, document_id, book_id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade
);
create index document_citations_book on stoa.document_citations (tenant_id, book_id);
select stoa.protect('stoa.document_citations');

-- Images: reserved, uploaded, looked at, then placed in the text.
create table stoa.document_files (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  account_id uuid not null,
  filename text not null check (length(filename) between 1 and 255),
  size bigint not null check (size > 0),
  media_type text,
  image jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, document_id) references stoa.documents (tenant_id, id) on delete cascade
);
create index document_files_document on stoa.document_files (tenant_id, document_id, id);
select stoa.protect('stoa.document_files');

-- Files that are to become documents.
create table stoa.document_imports (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  workspace_id uuid not null,
  book_id uuid,
  account_id uuid not null,
  filename text not null check (length(filename) between 1 and 255),
  size bigint not null check (size > 0),
  visibility text not null,
  workspace_access text not null,
  left_out text[] not null default '{}',
  done_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, workspace_id) references stoa.workspaces (tenant_id, id) on delete cascade
);
create index document_imports_workspace on stoa.document_imports (tenant_id, workspace_id);
create index document_imports_old on stoa.document_imports (tenant_id, created_at);
select stoa.protect('stoa.document_imports');

-- The documents that the current account may read, in the trash or not: those of its workspaces that everybody there sees,
-- and those it was brought into. The one place where this is decided.
create function stoa.visible_documents() returns setof uuid
  language sql stable
as $$
  select d.id from stoa.documents d
  where d.tenant_id = (select nullif(current_setting('stoa.tenant', true), '')::uuid)
    and d.workspace_id = any (array(select stoa.visible_workspaces()))
    and (d.visibility = 'workspace' or exists (
      select from stoa.document_members m
      where m.tenant_id = d.tenant_id and m.document_id = d.id
        and m.account_id = (select nullif(current_setting('stoa.account', true), '')::uuid)))
$$;
grant execute on function stoa.visible_documents() to stoa_app;
