/** A rule every migrated database keeps. `sql` returns one row `{ fault }` per breach; `$1` is the application's role. */
export interface CatalogCheck {
  readonly rule: string
  readonly sql: string
}

/** Tables with a tenant: a column `tenant_id`, or the table of tenants itself. */
const TENANT_TABLES = `tenant_tables as (
  select c.oid, c.relname, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relacl
  from pg_class c
  where c.relnamespace = 'stoa'::regnamespace and c.relkind in ('r', 'p') and (c.relname = 'tenants'
    or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)))`

/** Policies that bind anybody but the owner, whose maintenance functions reach across tenants on purpose. */
const POLICIES = `policies as (
  select p.polname, p.polcmd, p.polrelid, c.relname,
    pg_get_expr(p.polqual, p.polrelid) as reads, pg_get_expr(p.polwithcheck, p.polrelid) as writes
  from pg_policy p join pg_class c on c.oid = p.polrelid
  where c.relnamespace = 'stoa'::regnamespace and p.polroles <> array[c.relowner])`

export const CATALOG_CHECKS: readonly CatalogCheck[] = [
  {
    rule: 'every table with a tenant has row-level security, forced, and a policy',
    sql: `with ${TENANT_TABLES} select t.relname as fault from tenant_tables t
      where not t.relrowsecurity or not t.relforcerowsecurity
        or not exists (select from pg_policy p where p.polrelid = t.oid and p.polroles <> array[t.relowner])`,
  },
  {
    // The way out is written where the table is made: comment on table … is 'shared: why nobody learns anything from it'.
    rule: 'every table that the application may use has row-level security, forced, or says why it is shared',
    sql: `select c.relname as fault from pg_class c
      where c.relnamespace = 'stoa'::regnamespace and c.relkind in ('r', 'p')
        and has_table_privilege($1, c.oid, 'select, insert, update, delete')
        and not (c.relrowsecurity and c.relforcerowsecurity)
        and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'shared: %'`,
  },
  {
    rule: 'every policy of a table with a tenant bounds reading and writing by stoa.tenant, evaluated once',
    sql: `with ${TENANT_TABLES}, ${POLICIES} select p.relname || '.' || p.polname as fault
      from policies p join tenant_tables t on t.oid = p.polrelid
      cross join lateral (values (p.reads, p.polcmd <> 'a'), (p.writes, p.polcmd not in ('r', 'd'))) as side(expression, needed)
      where side.needed and coalesce(side.expression, '') !~ 'SELECT[^;]*current_setting\\(''stoa\\.tenant'''`,
  },
  {
    rule: 'no policy is true for everybody',
    sql: `with ${POLICIES} select relname || '.' || polname as fault from policies
      where reads = 'true' or writes = 'true'`,
  },
  {
    rule: 'the application is no superuser, bypasses nothing, creates nothing and owns nothing',
    sql: `select r.rolname || ' ' || weakness as fault from pg_roles r
      cross join lateral (values
        ('is a superuser', r.rolsuper), ('bypasses row-level security', r.rolbypassrls),
        ('may create roles', r.rolcreaterole), ('may create databases', r.rolcreatedb),
        ('may create in schema stoa', has_schema_privilege(r.oid, 'stoa', 'create')),
        ('owns something', exists (select from pg_class c where c.relowner = r.oid)),
        ('is a member of the owner', exists (select from pg_namespace n
          where n.nspname = 'stoa' and pg_has_role(r.oid, n.nspowner, 'member')))) as each(weakness, found)
      where r.rolname = $1 and found`,
  },
  {
    rule: 'nobody but the owner may truncate, reference or put triggers on a table, and everybody (public) may do nothing',
    sql: `select c.relname || ': ' || g.privilege_type || ' to ' || coalesce(r.rolname, 'public') as fault
      from pg_class c cross join lateral aclexplode(c.relacl) g left join pg_roles r on r.oid = g.grantee
      where c.relnamespace = 'stoa'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and g.grantee <> c.relowner
        and (g.grantee = 0 or g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'))`,
  },
  {
    rule: 'every function that runs as its owner sets its search path and is not for everybody (public)',
    sql: `select p.proname as fault from pg_proc p
      where p.pronamespace = 'stoa'::regnamespace and p.prosecdef
        and (not exists (select from unnest(p.proconfig) as s(setting) where s.setting like 'search_path=%')
          or exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0))`,
  },
  {
    rule: 'every view runs as who asks, and there is no materialised view the application may read',
    sql: `select c.relname as fault from pg_class c
      where c.relnamespace = 'stoa'::regnamespace
        and (c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)
          or c.relkind = 'm' and has_table_privilege($1, c.oid, 'select'))`,
  },
  {
    rule: 'every foreign key between tables with a tenant includes it',
    sql: `with ${TENANT_TABLES} select t.relname || '.' || f.conname as fault
      from pg_constraint f join tenant_tables t on t.oid = f.conrelid join tenant_tables r on r.oid = f.confrelid
      where f.contype = 'f' and f.conparentid = 0 and not exists (select from pg_attribute a
        where a.attrelid = f.conrelid and a.attnum = any (f.conkey) and a.attname = 'tenant_id')`,
  },
  {
    rule: 'every foreign key has an index that begins with its columns',
    sql: `select f.conrelid::regclass || '.' || f.conname as fault from pg_constraint f
      where f.contype = 'f' and f.connamespace = 'stoa'::regnamespace and not exists (
        select from pg_index i where i.indrelid = f.conrelid and i.indisvalid
          and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey
          and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ 'IS NOT NULL'))`,
  },
  {
    rule: 'every unique index of a table with a tenant begins with it',
    sql: `with ${TENANT_TABLES} select i.indexrelid::regclass::text as fault
      from pg_index i join tenant_tables t on t.oid = i.indrelid
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indisunique and a.attname <> 'tenant_id' and not (t.relname = 'tenants' and i.indisprimary)`,
  },
  {
    rule: 'every table has a primary key',
    sql: `select c.relname as fault from pg_class c
      where c.relnamespace = 'stoa'::regnamespace and c.relkind in ('r', 'p')
        and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
  },
  {
    rule: 'no index is there twice, and none is invalid',
    sql: `select min(i.indexrelid::regclass::text) as fault from pg_index i
      join pg_class c on c.oid = i.indexrelid where c.relnamespace = 'stoa'::regnamespace
      group by i.indrelid, i.indkey::text, i.indclass::text, i.indoption::text,
        pg_get_expr(i.indpred, i.indrelid), pg_get_expr(i.indexprs, i.indrelid), c.relam
      having count(*) > 1 or bool_or(not i.indisvalid)`,
  },
]

/** Runs one query as the owner. */
export type Ask = <Row extends object>(sql: string, values: unknown[]) => Promise<Row[]>

/** Every breach as `rule: what`; empty when all is well. */
export async function catalogFaults(ask: Ask, role: string, checks = CATALOG_CHECKS): Promise<string[]> {
  const faults: string[] = []
  for (const { rule, sql } of checks)
    for (const { fault } of await ask<{ fault: string }>(sql, sql.includes('$1') ? [role] : []))
      faults.push(`${rule}: ${fault}`)
  return faults
}
