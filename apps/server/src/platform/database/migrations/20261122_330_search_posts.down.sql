delete from stoa.search_documents where kind = 'post';
drop index stoa.posts_found;
alter table stoa.search_documents drop constraint search_documents_workspace;
alter table stoa.search_documents add constraint search_documents_workspace check (kind = 'message' or workspace_id is not null);
alter table stoa.search_documents drop constraint search_documents_room;
alter table stoa.search_documents add constraint search_documents_room check ((kind in ('message', 'document')) = (room_id is not null));
