-- A sign-in link that one person makes for another opens the maker's organisation only, and proves nothing: the account
-- may belong to other organisations, too.
alter table stoa.sign_in_links add column only_tenant uuid;
alter table stoa.sign_in_links add column authenticated_at timestamptz;
alter table stoa.user_sessions add column only_tenant uuid;

-- The language in which the code was asked for becomes the language of a new account.
alter table stoa.email_challenges add column locale text not null default 'en' check (locale in ('en', 'zh'));

-- Names (and, for members, addresses) of people, for whoever shows them: seen by the policies of the tables below it.
create view stoa.people with (security_invoker = true) as
  select a.id as account_id, a.display_name, (
    select e.email from stoa.account_emails e where e.account_id = a.id
    order by e.verified_at nulls last, e.created_at limit 1) as email
  from stoa.accounts a;
grant select on stoa.people to stoa_app;
