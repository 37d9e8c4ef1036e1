import type { Ask } from './checks.ts'

/** One line for everything the schema holds, with its definition; the migration table aside. */
const SNAPSHOT = `
  with relations as (
    select c.* from pg_class c where c.relnamespace = 'stoa'::regnamespace
      and c.relname not in ('migrations', 'migrations_pkey') and c.relkind in ('r', 'p', 'v', 'm', 'S', 'i'))
  select 'relation ' || relname || ' ' || relkind::text || ' ' || relrowsecurity || ' ' || relforcerowsecurity
    || ' ' || coalesce(array_to_string(reloptions, ','), '') as line from relations
  union all select 'grant ' || r.relname || ' ' || coalesce(g.grantee::regrole::text, 'public') || ' ' || g.privilege_type
    from relations r cross join lateral aclexplode(r.relacl) g
  union all select 'column ' || r.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attnotnull then ' not null' else '' end || ' ' || a.attidentity::text || a.attgenerated::text
    || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || coalesce(a.attcollation::regcollation::text, '')
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum where r.relkind in ('r', 'p', 'v', 'm')
  union all select 'constraint ' || r.relname || '.' || c.conname || ' ' || pg_get_constraintdef(c.oid)
    from relations r join pg_constraint c on c.conrelid = r.oid
  union all select 'index ' || pg_get_indexdef(oid) from relations where relkind = 'i'
  union all select 'view ' || relname || ' ' || pg_get_viewdef(oid) from relations where relkind in ('v', 'm')
  union all select 'policy ' || r.relname || '.' || p.polname || ' ' || p.polcmd::text || ' ' || p.polpermissive || ' '
    || p.polroles::regrole[]::text || ' ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ' / '
    || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
    from relations r join pg_policy p on p.polrelid = r.oid
  union all select 'trigger ' || pg_get_triggerdef(t.oid) from relations r join pg_trigger t on t.tgrelid = r.oid
    where not t.tgisinternal
  union all select 'function ' || pg_get_functiondef(oid) || ' ' || coalesce(proacl::text, '') from pg_proc
    where pronamespace = 'stoa'::regnamespace and prokind in ('f', 'p')
  union all select 'type ' || typname || ' ' || typtype::text || ' '
    || coalesce((select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid), '')
    from pg_type t where typnamespace = 'stoa'::regnamespace and typtype in ('e', 'd')
  union all select 'extension ' || extname from pg_extension
  order by line`

/** The schema as text: the same for the same schema, however it came about. */
export async function schemaSnapshot(ask: Ask): Promise<string[]> {
  const rows = await ask<{ line: string }>(SNAPSHOT, [])
  return rows.map(({ line }) => line)
}
