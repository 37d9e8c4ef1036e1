import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APP_ROLE } from '../server.ts'
import { CATALOG_CHECKS, catalogFaults } from './checks.ts'

/** For each rule, something that breaks it and what the check must then say. */
const BREACHES: Readonly<Record<string, { sql: string; fault: string }>> = {
  'every table with a tenant has row-level security, forced, and a policy': {
    sql: `create table bad (tenant_id uuid primary key); alter table bad enable row level security`,
    fault: 'bad',
  },
  'every table that the application may use has row-level security, forced, or says why it is shared': {
    sql: `create table bad (id uuid primary key); grant select on bad to stoa_app`,
    fault: 'bad',
  },
  'every policy of a table with a tenant bounds reading and writing by stoa.tenant, evaluated once': {
    sql: `create table bad (tenant_id uuid primary key); select protect('bad');
      create policy leak on bad for update using (tenant_id = (select current_tenant())) with check (tenant_id is not null)`,
    fault: 'bad.leak',
  },
  'no policy is true for everybody': {
    sql: `create table bad (id uuid primary key); create policy open on bad using (true)`,
    fault: 'bad.open',
  },
  'the application is no superuser, bypasses nothing, creates nothing and owns nothing': {
    sql: `grant create on schema stoa to stoa_app`,
    fault: 'stoa_app may create in schema stoa',
  },
  'nobody but the owner may truncate, reference or put triggers on a table, and everybody (public) may do nothing':
    {
      sql: `grant truncate on events to stoa_app`,
      fault: 'events: TRUNCATE to stoa_app',
    },
  'every function that runs as its owner sets its search path and is not for everybody (public)': {
    sql: `create function bad() returns int language sql security definer as 'select 1'`,
    fault: 'bad',
  },
  'every view runs as who asks, and there is no materialised view the application may read': {
    sql: `create view bad as select * from events`,
    fault: 'bad',
  },
  'every foreign key between tables with a tenant includes it': {
    sql: `create table good (tenant_id uuid, id uuid unique, primary key (tenant_id, id));
      create table bad (tenant_id uuid, good_id uuid references good (id), primary key (tenant_id, good_id))`,
    fault: 'bad.bad_good_id_fkey',
  },
  'every foreign key has an index that begins with its columns': {
    sql: `create table good (id uuid primary key);
      create table bad (id uuid primary key, good_id uuid references good, other int); create index on bad (other, good_id)`,
    fault: 'bad.bad_good_id_fkey',
  },
  'every unique index of a table with a tenant begins with it': {
    sql: `create table bad (tenant_id uuid, name text unique, primary key (tenant_id, name))`,
    fault: 'bad_name_key',
  },
  'every table has a primary key': { sql: `create table bad (id uuid)`, fault: 'bad' },
  'no index is there twice, and none is invalid': {
    sql: `create table bad (id uuid primary key, n int); create index bad_a on bad (n); create index bad_b on bad (n)`,
    fault: 'bad_a',
  },
}

describe('the migrated catalog', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await testDatabase()
  })
  afterAll(() => db.close())

  test('keeps every rule', async () => {
    expect(await catalogFaults(db.sql, APP_ROLE)).toEqual([])
  })

  test.each(CATALOG_CHECKS)('a breach is found: $rule', async (check) => {
    const breach = BREACHES[check.rule]
    if (breach === undefined) throw new Error('Show that this rule can fail')
    await db.sql('begin')
    try {
      await db.sql(breach.sql)
      expect(await catalogFaults(db.sql, APP_ROLE, [check])).toContain(`${check.rule}: ${breach.fault}`)
    } finally {
      await db.sql('rollback')
    }
  })
})
