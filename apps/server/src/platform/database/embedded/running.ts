import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { DatabaseError } from '../errors.ts'
import { APP_ROLE, socketUrl } from '../server.ts'
import { prepareLayout } from './layout.ts'

/**
 * URL of the embedded server that a running program keeps on this data folder, for a second process that works beside it.
 * @throws DatabaseError `database.not_started` when there is none; nothing is made then
 */
export async function runningAppUrl(dataDir: string, database = 'stoa'): Promise<string> {
  const missing = () =>
    new DatabaseError('database.not_started', `No Stoa runs on ${dataDir}. Start it first.`)
  if (!existsSync(dataDir)) throw missing()
  const machine = { uid: process.getuid?.() ?? -1, temporary: tmpdir(), system: '/var/lib/stoa' }
  const { socket } = await prepareLayout(dataDir, machine)
  if (!existsSync(`${socket}/.s.PGSQL.5432`)) throw missing()
  return socketUrl(socket, APP_ROLE, database)
}
