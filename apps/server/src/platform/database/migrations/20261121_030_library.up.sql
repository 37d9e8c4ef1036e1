-- Books, the files behind them, what was read out of them, and the shelves they stand on.

create table stoa.uploads (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  account_id uuid not null,
  filename text not null,
  media_type text,
  size bigint not null check (size >= 0),
  -- Set once the bytes were read: the file then lives under its content key.
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  used_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index uploads_expires on stoa.uploads (tenant_id, expires_at);
select stoa.protect('stoa.uploads');

-- One per distinct file of a tenant, however many books show it.
create table stoa.contents (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null,
  format text,
  media_type text,
  -- The EPUB that the reader opens for text formats; null = the file itself.
  reading_sha256 text,
  reading_size bigint,
  -- Title, authors, language … as found in the file.
  metadata jsonb not null default '{}',
  toc jsonb not null default '[]',
  sections jsonb not null default '[]',
  page_labels jsonb not null default '[]',
  warnings jsonb not null default '[]',
  -- {small_key, large_key, width, height, color}
  cover jsonb,
  word_count integer,
  passage_count integer,
  extractor_version integer not null default 0,
  analysed_at timestamptz,
  -- Passages are complete and searchable.
  extracted_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, sha256)
);
select stoa.protect('stoa.contents');

create table stoa.passages (
  tenant_id uuid not null,
  content_id uuid not null,
  ord integer not null,
  kind text not null,
  section_index integer not null,
  section_path text[] not null,
  text text not null,
  prefix text not null,
  suffix text not null,
  locator jsonb not null,
  language text not null,
  words integer not null,
  primary key (tenant_id, content_id, ord),
  foreign key (tenant_id, content_id) references stoa.contents (tenant_id, id) on delete cascade
);
select stoa.protect('stoa.passages');

create table stoa.books (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  workspace_id uuid not null,
  content_id uuid not null,
  state text not null check (state in ('UPLOADING', 'ANALYZING', 'PROCESSING', 'ACTIVE', 'FAILED')),
  progress real not null default 0 check (progress between 0 and 1),
  failure jsonb,
  filename text not null,
  format text,
  title text not null,
  subtitle text,
  authors text[] not null default '{}',
  language text,
  publisher text,
  published text,
  description text,
  series text,
  series_index real,
  identifiers jsonb not null default '[]',
  tags text[] not null default '{}',
  direction text not null default 'ltr' check (direction in ('ltr', 'rtl')),
  page_count integer,
  word_count integer,
  -- Fields that a person corrected: a new analysis leaves them alone.
  edited_fields text[] not null default '{}',
  -- Code point order of these is the order people expect: case and accents folded, Chinese by pinyin.
  title_key text not null collate "C",
  author_key text not null collate "C",
  name_words tsvector not null,
  added_by uuid not null,
  added_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  trashed_at timestamptz,
  version integer not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, workspace_id) references stoa.workspaces (tenant_id, id) on delete cascade,
  foreign key (tenant_id, content_id) references stoa.contents (tenant_id, id)
);
-- One book per file and workspace, outside the trash.
create unique index books_one_per_file on stoa.books (tenant_id, workspace_id, content_id) where trashed_at is null;
create index books_content on stoa.books (tenant_id, content_id);
create index books_by_added on stoa.books (tenant_id, workspace_id, added_at desc, id desc) where trashed_at is null;
create index books_by_title on stoa.books (tenant_id, workspace_id, title_key, id) where trashed_at is null;
create index books_by_author on stoa.books (tenant_id, workspace_id, author_key, title_key, id) where trashed_at is null;
create index books_unfinished on stoa.books (tenant_id, workspace_id, state) where state <> 'ACTIVE' and trashed_at is null;
create index books_trashed on stoa.books (tenant_id, trashed_at) where trashed_at is not null;
create index books_workspace on stoa.books (tenant_id, workspace_id);
create index books_tags on stoa.books using gin (tags);
create index books_name_words on stoa.books using gin (name_words);
select stoa.protect('stoa.books');

-- What one person has to do with one book: how far, since when, how many marks.
create table stoa.book_readers (
  tenant_id uuid not null,
  book_id uuid not null,
  account_id uuid not null,
  status text not null default 'none' check (status in ('none', 'to_read', 'reading', 'finished')),
  status_recorded_at timestamptz,
  fraction real not null default 0 check (fraction between 0 and 1),
  label text,
  device_name text,
  read_at timestamptz,
  finished_at timestamptz,
  highlight_count integer not null default 0,
  note_count integer not null default 0,
  primary key (tenant_id, book_id, account_id),
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete cascade
);
create index book_readers_recent on stoa.book_readers (tenant_id, account_id, read_at desc, book_id desc) where read_at is not null;
create index book_readers_status on stoa.book_readers (tenant_id, account_id, status, read_at desc, book_id);
create index book_readers_progress on stoa.book_readers (tenant_id, account_id, fraction desc, book_id desc) where fraction > 0;
select stoa.protect('stoa.book_readers');

create table stoa.shelves (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  id uuid not null,
  workspace_id uuid not null,
  parent_id uuid,
  name text not null,
  position integer not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, workspace_id) references stoa.workspaces (tenant_id, id) on delete cascade,
  foreign key (tenant_id, parent_id) references stoa.shelves (tenant_id, id) on delete cascade
);
create index shelves_tree on stoa.shelves (tenant_id, workspace_id, parent_id, position);
create index shelves_parent on stoa.shelves (tenant_id, parent_id);
select stoa.protect('stoa.shelves');

create table stoa.shelf_books (
  tenant_id uuid not null,
  shelf_id uuid not null,
  book_id uuid not null,
  added_at timestamptz not null default now(),
  primary key (tenant_id, shelf_id, book_id),
  foreign key (tenant_id, shelf_id) references stoa.shelves (tenant_id, id) on delete cascade,
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete cascade
);
create index shelf_books_of_book on stoa.shelf_books (tenant_id, book_id);
select stoa.protect('stoa.shelf_books');
