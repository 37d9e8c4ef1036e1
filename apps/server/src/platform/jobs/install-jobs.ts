import { PgBoss } from 'pg-boss'
import { connectionConfig, withClient } from '../database/connection.ts'
import { APP_ROLE } from '../database/server.ts'

/** Schema of the queue's tables, beside the program's own. */
export const JOB_SCHEMA = 'jobs'

const GRANTS = `grant usage on schema ${JOB_SCHEMA} to ${APP_ROLE};
  grant select, insert, update, delete on all tables in schema ${JOB_SCHEMA} to ${APP_ROLE};
  grant usage on all sequences in schema ${JOB_SCHEMA} to ${APP_ROLE};
  grant execute on all functions in schema ${JOB_SCHEMA} to ${APP_ROLE}`

/** Creates or updates the queue's tables as the owner, and lets the application's role use them. */
export async function installJobs(ownerUrl: string): Promise<void> {
  const config = connectionConfig(ownerUrl, 'jobs-install', { statementTimeout: 0, lockTimeout: 0 })
  const boss = new PgBoss({
    connectionString: config.connectionString ?? ownerUrl,
    schema: JOB_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
  })
  const failures: unknown[] = []
  boss.on('error', (error) => failures.push(error))
  await boss.start()
  await boss.stop({ graceful: false })
  if (failures.length > 0) throw new AggregateError(failures, 'The job queue could not be installed')
  await withClient(config, (client) => client.query(GRANTS))
}
