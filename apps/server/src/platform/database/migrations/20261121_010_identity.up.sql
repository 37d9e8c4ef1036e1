-- Accounts, the ways they sign in and their sessions. They belong to people, not to organisations, so no tenant stands in
-- them. Three doors lead in: the account itself (`own`), sign-in, which looks for an account before one is known and says
-- so by set_config('stoa.purpose', 'sign_in', true), and the organisations' members (`co_member`, in the next migration).

create function stoa.signing_in() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('stoa.purpose', true) = 'sign_in', false);
grant execute on function stoa.signing_in() to stoa_app;

-- Forced row-level security with the policy `sign_in`; with `own`, also `own` for the given commands.
create function stoa.protect_identity(target regclass, own name default null, commands text[] default '{}') returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  account constant text := $sql$(select nullif(current_setting('stoa.account', true), '')::uuid)$sql$;
  command text;
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy sign_in on %s using ((select stoa.signing_in())) with check ((select stoa.signing_in()))', target);
  foreach command in array commands loop
    execute format('create policy %I on %s for %s using (%I = %s)', 'own_' || command, target, command, own, account);
  end loop;
  execute format('grant select, insert, update, delete on %s to stoa_app', target);
end $$;

create table stoa.accounts (
  id uuid primary key,
  display_name text not null check (length(display_name) between 1 and 120),
  locale text not null check (locale in ('en', 'zh')),
  time_zone text not null check (length(time_zone) between 1 and 64),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger accounts_updated_at before update on stoa.accounts for each row execute function stoa.set_updated_at();
select stoa.protect_identity('stoa.accounts', 'id', '{select,update}');

-- An address belongs to one account. Until its owner has proved it (`verified_at`), it gives that account nothing:
-- whoever proves it first takes the account over and ends every session made before.
create table stoa.account_emails (
  id uuid primary key,
  account_id uuid not null references stoa.accounts on delete cascade,
  email text not null unique check (email = lower(email) and length(email) between 3 and 254),
  verified_at timestamptz,
  created_at timestamptz not null default now()
);
create index account_emails_account_id on stoa.account_emails (account_id);
select stoa.protect_identity('stoa.account_emails', 'account_id', '{select,delete}');

-- An account at an OpenID Connect or OAuth provider: the issuer and its stable subject, never the e-mail address.
create table stoa.account_identities (
  id uuid primary key,
  account_id uuid not null references stoa.accounts on delete cascade,
  provider text not null,
  issuer text not null,
  subject text not null check (length(subject) between 1 and 255),
  label text not null,
  verified_email text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  unique (issuer, subject)
);
create index account_identities_account_id on stoa.account_identities (account_id);
select stoa.protect_identity('stoa.account_identities', 'account_id', '{select,delete}');

-- One row once the installation has its owner: the primary key decides between two who claim it at once.
create table stoa.installation (
  id boolean primary key default true check (id),
  owner_account_id uuid not null references stoa.accounts,
  claimed_at timestamptz not null default now()
);
create index installation_owner_account_id on stoa.installation (owner_account_id);
select stoa.protect_identity('stoa.installation');

create table stoa.setup_tokens (
  hash bytea primary key,
  created_at timestamptz not null default now()
);
select stoa.protect_identity('stoa.setup_tokens');

-- A six-digit code sent to an address. Without an account and without sign-up the row is a decoy that no code fits.
create table stoa.email_challenges (
  id uuid primary key,
  email text not null,
  code_hash bytea not null,
  attempts smallint not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index email_challenges_email on stoa.email_challenges (email, created_at desc);
create index email_challenges_expires_at on stoa.email_challenges (expires_at);
select stoa.protect_identity('stoa.email_challenges');

create table stoa.sign_in_links (
  hash bytea primary key,
  account_id uuid not null references stoa.accounts on delete cascade,
  -- The account that made it; null when made on the server's terminal.
  created_by uuid references stoa.accounts on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_links_account_id on stoa.sign_in_links (account_id);
create index sign_in_links_created_by on stoa.sign_in_links (created_by);
create index sign_in_links_expires_at on stoa.sign_in_links (expires_at);
select stoa.protect_identity('stoa.sign_in_links');

-- A browser on its way to a provider and back: one use, ten minutes, bound to the browser by a cookie. `pending` holds
-- an identity whose address belongs to an account that has yet to be proved.
create table stoa.provider_states (
  state_hash bytea primary key,
  browser_hash bytea not null,
  provider text not null,
  nonce text not null,
  code_verifier text not null,
  redirect_uri text not null,
  return_to text not null,
  link_account_id uuid references stoa.accounts on delete cascade,
  link_session_id uuid,
  pending jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index provider_states_link_account_id on stoa.provider_states (link_account_id);
create index provider_states_browser_hash on stoa.provider_states (browser_hash);
create index provider_states_expires_at on stoa.provider_states (expires_at);
select stoa.protect_identity('stoa.provider_states');

create table stoa.user_sessions (
  id uuid primary key,
  account_id uuid not null references stoa.accounts on delete cascade,
  method text not null check (method in ('setup', 'email_code', 'link', 'provider', 'invitation')),
  device_name text not null,
  platform text not null,
  -- SHA-256 of browser family, system and network: a signal for mail and audit, never a gate.
  fingerprint bytea not null,
  network text,
  -- The organisation chosen last, for refreshes that name none.
  chosen_tenant uuid,
  -- When the account was last proved in this session; linking asks for at most five minutes.
  authenticated_at timestamptz not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  absolute_expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text check ((revoked_reason is null) = (revoked_at is null))
);
create index user_sessions_account_id on stoa.user_sessions (account_id, last_used_at desc);
create index user_sessions_expires_at on stoa.user_sessions (expires_at);
select stoa.protect_identity('stoa.user_sessions', 'account_id', '{select,update}');

-- SHA-256 of every refresh token that has not expired, used ones too: a used one that comes back gives a thief away.
create table stoa.refresh_tokens (
  hash bytea primary key,
  session_id uuid not null references stoa.user_sessions on delete cascade,
  parent bytea unique,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens_session_id on stoa.refresh_tokens (session_id);
create index refresh_tokens_expires_at on stoa.refresh_tokens (expires_at);
select stoa.protect_identity('stoa.refresh_tokens');

-- Keys of access tokens. `private_sealed` is encrypted with a key that is not in the database.
create table stoa.signing_keys (
  kid text primary key,
  state text not null check (state in ('next', 'current', 'previous')),
  public_jwk jsonb not null,
  private_sealed bytea not null,
  published_at timestamptz not null,
  activated_at timestamptz,
  -- From when on tokens of this key are refused and it leaves the published set.
  retires_at timestamptz
);
create unique index signing_keys_one_current on stoa.signing_keys (state) where state in ('next', 'current');
select stoa.protect_identity('stoa.signing_keys');

-- What happened to an account: sign-ins and refusals, sessions, linked identities. Written once, never changed.
create table stoa.security_events (
  id uuid primary key,
  account_id uuid references stoa.accounts on delete cascade,
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  session_id uuid,
  network text,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  created_at timestamptz not null
);
create index security_events_account_id on stoa.security_events (account_id, created_at desc);
create index security_events_created_at on stoa.security_events using brin (created_at);
select stoa.protect_identity('stoa.security_events', 'account_id', '{select}');
-- Whoever acts for an account may add to its history; nobody may rewrite it.
create policy own_insert on stoa.security_events for insert
  with check (account_id = (select nullif(current_setting('stoa.account', true), '')::uuid));
revoke update on stoa.security_events from stoa_app;
