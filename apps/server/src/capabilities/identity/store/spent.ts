import type { Tx } from '../../../platform/database/database.ts'

const DAY_MS = 86_400_000
/** Ended sessions stay for so long, for who looks into what happened. */
const SESSIONS_KEPT_MS = 30 * DAY_MS
const EVENTS_KEPT_MS = 400 * DAY_MS

/**
 * Deletes what can have no effect any more; says how many rows of each. A used refresh token stays until it expires, because
 * its reuse would give a thief away; codes stay for a day, because they are counted.
 */
export async function deleteSpent(tx: Tx, now: number): Promise<Readonly<Record<string, number>>> {
  const before = (age: number) => new Date(now - age)
  const { db } = tx
  const results = {
    challenges: db.deleteFrom('email_challenges').where('expires_at', '<', before(DAY_MS)),
    links: db.deleteFrom('sign_in_links').where('expires_at', '<', before(0)),
    trips: db.deleteFrom('provider_states').where('expires_at', '<', before(0)),
    tokens: db.deleteFrom('refresh_tokens').where('expires_at', '<', before(0)),
    sessions: db.deleteFrom('user_sessions').where('expires_at', '<', before(SESSIONS_KEPT_MS)),
    events: db.deleteFrom('security_events').where('created_at', '<', before(EVENTS_KEPT_MS)),
  }
  const counts: Record<string, number> = {}
  for (const [name, query] of Object.entries(results))
    counts[name] = Number((await query.executeTakeFirst()).numDeletedRows)
  return counts
}
