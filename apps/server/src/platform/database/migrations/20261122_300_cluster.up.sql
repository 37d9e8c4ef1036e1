-- The cluster this installation is a node of. Nothing here belongs to a tenant: it is about machines.

-- The snapshot in force, as it was signed: it is in force again after a restart.
create table stoa.cluster_snapshots (
  cluster_id text primary key check (length(cluster_id) between 1 and 128),
  bytes bytea not null check (octet_length(bytes) <= 1048576),
  hash bytea not null check (octet_length(hash) = 32),
  issued_at timestamptz not null,
  applied_at timestamptz not null
);
comment on table stoa.cluster_snapshots is 'shared: who is a node of the cluster, for operators; nothing of a tenant';

-- Addresses under which members were reached, for the next start.
create table stoa.cluster_peers (
  cluster_id text not null check (length(cluster_id) between 1 and 128),
  peer_id text not null check (length(peer_id) between 1 and 128),
  addresses text[] not null check (cardinality(addresses) between 1 and 32),
  seen_at timestamptz not null,
  primary key (cluster_id, peer_id)
);
comment on table stoa.cluster_peers is 'shared: addresses of nodes, for operators; nothing of a tenant';

-- When members came and went, as this installation saw it.
create table stoa.cluster_presence (
  id bigint generated always as identity primary key,
  cluster_id text not null,
  peer_id text not null check (length(peer_id) between 1 and 128),
  at timestamptz not null,
  kind text not null check (kind in ('online', 'offline')),
  address text check (length(address) <= 512),
  reason text not null check (length(reason) <= 256)
);
create index cluster_presence_peer on stoa.cluster_presence (cluster_id, peer_id, id desc);
create index cluster_presence_at on stoa.cluster_presence using brin (at);
comment on table stoa.cluster_presence is 'shared: when nodes came and went, for operators; nothing of a tenant';

grant select, insert, update, delete on stoa.cluster_snapshots, stoa.cluster_peers, stoa.cluster_presence to stoa_app;
