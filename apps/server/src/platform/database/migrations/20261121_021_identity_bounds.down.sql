drop view stoa.people;
alter table stoa.email_challenges drop column locale;
alter table stoa.user_sessions drop column only_tenant;
alter table stoa.sign_in_links drop column authenticated_at;
alter table stoa.sign_in_links drop column only_tenant;
