drop index stoa.notes_removed;
drop index stoa.highlights_removed;
drop index stoa.uploads_digest;
drop index stoa.contents_reading;
drop function stoa.tenants_after(uuid, integer);
drop policy maintenance on stoa.tenants;
