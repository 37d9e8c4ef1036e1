-- Rows of all tenants: not forced for a moment, for an owner that is no superuser.
alter table stoa.boards no force row level security;
update stoa.boards set policy = 'on_demand' where policy = 'pinned';
alter table stoa.boards force row level security;
alter table stoa.boards drop constraint boards_policy_check;
alter table stoa.boards add constraint boards_policy_check check (policy in ('all', 'recent', 'on_demand'));
alter table stoa.content_blobs no force row level security;
update stoa.content_blobs set pinned = false where pinned;
alter table stoa.content_blobs force row level security;
drop table stoa.kept_posts;
