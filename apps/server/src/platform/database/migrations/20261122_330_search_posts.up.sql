-- Posts and comments are found as messages are: by the board that they stand on, whose first 16 bytes are its id here.
alter table stoa.search_documents drop constraint search_documents_room;
alter table stoa.search_documents add constraint search_documents_room
  check ((kind in ('message', 'document', 'post')) = (room_id is not null));
alter table stoa.search_documents drop constraint search_documents_workspace;
alter table stoa.search_documents add constraint search_documents_workspace
  check (kind in ('message', 'post') or workspace_id is not null);
create index posts_found on stoa.posts (tenant_id, substring(id from 1 for 16));
