-- Posts that this node keeps: content that they or their comments name is pinned, and never given up. No reference to the post:
-- its record may be kept out for a while, and count again.
create table stoa.kept_posts (
  tenant_id uuid not null,
  post_id bytea not null check (octet_length(post_id) = 32),
  board_id bytea not null,
  kept_at timestamptz not null,
  primary key (tenant_id, post_id),
  foreign key (tenant_id, board_id) references stoa.boards (tenant_id, id) on delete cascade
);
create index kept_posts_of_board on stoa.kept_posts (tenant_id, board_id);
select stoa.protect('stoa.kept_posts');

alter table stoa.boards drop constraint boards_policy_check;
alter table stoa.boards add constraint boards_policy_check check (policy in ('all', 'recent', 'on_demand', 'pinned'));
