import pg from 'pg'
import { connectionConfig, withClient } from './connection.ts'
import { DatabaseError } from './errors.ts'
import { APP_ROLE } from './server.ts'

/** Asks first, so that an owner without CREATEROLE gets by with a role that an administrator has made. */
const CREATE_ROLE = `do $$ begin
  if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
    create role ${APP_ROLE} login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$`

/**
 * Makes sure the application's role exists and that the user of `appUrl` is it or a member of it. Needs CREATEROLE only
 * where something is missing. Roles belong to the whole server, so this is no migration.
 */
export async function ensureRoles(ownerUrl: string, appUrl: string): Promise<void> {
  const app = new URL(appUrl)
  const user = decodeURIComponent(app.username)
  const password = decodeURIComponent(app.password)
  await withClient(connectionConfig(ownerUrl, 'roles'), async (client) => {
    try {
      await client.query(CREATE_ROLE)
      if (user === APP_ROLE && password !== '' && !(await canLogIn(appUrl)))
        await client.query(`alter role ${APP_ROLE} login password ${pg.escapeLiteral(password)}`)
      const member = await client.query(`select pg_has_role($1, '${APP_ROLE}', 'usage') as yes`, [user])
      if (member.rows[0]?.yes !== true)
        await client.query(`grant ${APP_ROLE} to ${pg.escapeIdentifier(user)}`)
    } catch (cause) {
      const text = `Cannot prepare the role ${APP_ROLE} for the user ${user}. Let an administrator run: create role ${APP_ROLE} login; grant ${APP_ROLE} to ${user};`
      throw new DatabaseError('database.roles_denied', text, { cause })
    }
  })
}

/** The password is set only when it does not work yet: several programs share one server. */
async function canLogIn(url: string): Promise<boolean> {
  try {
    return await withClient(connectionConfig(url, 'roles'), async () => true)
  } catch {
    return false
  }
}

const TOO_STRONG = `select r.rolsuper or r.rolbypassrls as bypasses,
    exists (select from pg_namespace n where n.nspname = 'stoa' and pg_has_role(r.oid, n.nspowner, 'member')) as owns
  from pg_roles r where r.rolname = current_user`

/** Refuses to work as a role that row-level security does not bind. */
export async function assertBoundRole(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ bypasses: boolean; owns: boolean }>(TOO_STRONG)
  if (rows[0]?.bypasses === false && !rows[0].owns) return
  throw new DatabaseError(
    'database.app_role_too_strong',
    'The application must not work as a superuser, as an owner of its tables, or as a role with BYPASSRLS. Give it a role of its own.',
  )
}
