import { silentLogger } from '@stoa/kernel'
import { eventFeedAcceptance } from './event-feed.acceptance.ts'
import { PostgresWakeUps } from './postgres-wake-ups.ts'

eventFeedAcceptance('LISTEN and NOTIFY', (db) => ({
  wakeUps: new PostgresWakeUps({ server: db, log: silentLogger }),
  breakConnection: async () => {
    await db.sql(`select pg_terminate_backend(pid) from pg_stat_activity
                  where application_name = 'stoa-events' and datname = current_database()`)
  },
}))
