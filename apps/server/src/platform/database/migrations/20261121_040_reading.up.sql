-- Where people are in their books, what they marked to come back to, and how long they read.

create table stoa.reading_positions (
  tenant_id uuid not null,
  book_id uuid not null,
  account_id uuid not null,
  device_id text not null,
  device_name text not null,
  locator jsonb not null,
  fraction real not null check (fraction between 0 and 1),
  label text,
  recorded_at timestamptz not null,
  primary key (tenant_id, book_id, account_id, device_id),
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete cascade
);
select stoa.protect('stoa.reading_positions');

create table stoa.bookmarks (
  tenant_id uuid not null,
  id uuid not null,
  book_id uuid not null,
  account_id uuid not null,
  locator jsonb not null,
  label text,
  excerpt text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete cascade
);
create index bookmarks_of_book on stoa.bookmarks (tenant_id, book_id, account_id);
select stoa.protect('stoa.bookmarks');

create table stoa.reading_sessions (
  tenant_id uuid not null,
  id uuid not null,
  book_id uuid not null,
  account_id uuid not null,
  device_id text not null,
  time_zone text not null,
  started_at timestamptz not null,
  last_beat_at timestamptz not null,
  ended_at timestamptz,
  active_seconds double precision not null default 0,
  last_sequence integer not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, book_id) references stoa.books (tenant_id, id) on delete cascade
);
create index reading_sessions_of_book on stoa.reading_sessions (tenant_id, book_id);
select stoa.protect('stoa.reading_sessions');

-- Seconds read, by the reader's own day and hour at that time. Kept when the book goes: it was read all the same.
create table stoa.reading_time (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  account_id uuid not null,
  book_id uuid not null,
  date date not null,
  hour smallint not null check (hour between 0 and 23),
  seconds double precision not null,
  primary key (tenant_id, account_id, date, book_id, hour)
);
select stoa.protect('stoa.reading_time');

create table stoa.reading_settings (
  tenant_id uuid not null references stoa.tenants (id) on delete cascade,
  account_id uuid not null,
  settings jsonb not null,
  version integer not null,
  primary key (tenant_id, account_id)
);
select stoa.protect('stoa.reading_settings');
