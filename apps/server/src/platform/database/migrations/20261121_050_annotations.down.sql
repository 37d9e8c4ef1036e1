drop table stoa.annotation_changes;
drop table stoa.notes;
drop table stoa.highlights;
