drop index stoa.books_by_added;
drop index stoa.books_by_title;
drop index stoa.books_by_author;
create index books_by_added on stoa.books (tenant_id, workspace_id, added_at desc, id desc) where trashed_at is null;
create index books_by_title on stoa.books (tenant_id, workspace_id, title_key, id) where trashed_at is null;
create index books_by_author on stoa.books (tenant_id, workspace_id, author_key, title_key, id) where trashed_at is null;
