import { silentLogger } from '@stoa/kernel'
import { sql } from 'kysely'
import { eventFeedAcceptance } from './event-feed.acceptance.ts'
import { PostgresWakeUps } from './postgres-wake-ups.ts'

eventFeedAcceptance('LISTEN and NOTIFY', false, (db) => ({
  wakeUps: new PostgresWakeUps({ server: db, log: silentLogger }),
  breakConnection: async () => {
    // As the application itself: a role may end its own sessions on every server.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'stoa-events' and datname = current_database()`.execute(db.database.pool)
  },
}))
