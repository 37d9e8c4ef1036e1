-- The orders of a list also hold what it may be narrowed by, so that a jump to any place reads an index alone.

drop index stoa.books_by_added;
drop index stoa.books_by_title;
drop index stoa.books_by_author;
create index books_by_added on stoa.books (tenant_id, workspace_id, added_at desc, id desc)
  include (state, format, language) where trashed_at is null;
create index books_by_title on stoa.books (tenant_id, workspace_id, title_key, id)
  include (state, format, language) where trashed_at is null;
create index books_by_author on stoa.books (tenant_id, workspace_id, author_key, title_key, id)
  include (state, format, language) where trashed_at is null;
