drop table stoa.statesync_owners;
drop table stoa.statesync_snapshots;
drop table stoa.statesync_operations;
drop table stoa.statesync_documents;
