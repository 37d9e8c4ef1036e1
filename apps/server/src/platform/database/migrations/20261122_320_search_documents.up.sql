-- Documents are found as messages are: by who may read them. `room_id` is the room of a message, and a document itself.
alter table stoa.search_documents drop constraint search_documents_kind_check;
alter table stoa.search_documents add constraint search_documents_kind_check check (kind ~ '^[a-z]{1,20}$');
alter table stoa.search_documents drop constraint search_documents_room;
alter table stoa.search_documents add constraint search_documents_room check ((kind in ('message', 'document')) = (room_id is not null));
