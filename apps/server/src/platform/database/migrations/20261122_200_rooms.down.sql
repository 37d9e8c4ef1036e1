drop function stoa.visible_rooms();
drop function stoa.delete_unsent_attachments(timestamptz, integer);
drop table stoa.room_attachments;
drop table stoa.message_mentions;
drop table stoa.message_reactions;
drop table stoa.message_versions;
drop table stoa.messages;
drop table stoa.room_members;
drop table stoa.rooms;
