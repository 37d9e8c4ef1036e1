delete from stoa.search_documents where kind = 'document';
alter table stoa.search_documents drop constraint search_documents_room;
alter table stoa.search_documents add constraint search_documents_room check ((kind = 'message') = (room_id is not null));
alter table stoa.search_documents drop constraint search_documents_kind_check;
alter table stoa.search_documents add constraint search_documents_kind_check check (kind in ('book', 'highlight', 'note', 'message'));
