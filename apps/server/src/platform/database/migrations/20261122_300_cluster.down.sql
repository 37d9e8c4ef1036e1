drop table stoa.cluster_presence;
drop table stoa.cluster_peers;
drop table stoa.cluster_snapshots;
