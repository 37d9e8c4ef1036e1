/**
 * Statements on pg-boss's tables for which it has no call. Written against the schema of pg-boss 12; the integration
 * tests of this folder fail when an update changes what they rely on.
 */

const COUNT = (states: string) => `(count(*) filter (where state in (${states})))::int`

/** Partial over the states that are not done, so that millions of completed rows cost nothing. */
export const COUNTS = `select name, ${COUNT(`'created', 'retry'`)} as waiting, ${COUNT(`'active'`)} as active,
    ${COUNT(`'failed'`)} as failed
  from jobs.job where state in ('created', 'retry', 'active', 'failed') group by name`

export const DEAD_LETTERS = `select id, name, data, retry_count + 1 as attempts, completed_on as "failedAt",
    coalesce(output->>'message', output->'value'->>'message', output::text, '') as error
  from jobs.job where state = 'failed' and name <> 'dead' order by completed_on desc limit $1`

export const RETRY = `update jobs.job
  set state = 'retry', retry_count = 0, started_on = null, completed_on = null, start_after = now(), output = null
  where name = $1 and id = $2 and state = 'failed' returning id`

/** `started_on` stays, by which the next claim counts the interrupted try. */
export const RESUME = `update jobs.job set state = 'retry', start_after = now(), heartbeat_on = null
  where state = 'active' and retry_count < retry_limit returning id`

export const ACTIVE = `select name, id from jobs.job where state = 'active'`

/** Without `started_on` the next claim does not count this try. */
export const RELEASE = `update jobs.job set state = 'retry', started_on = null, start_after = now(), heartbeat_on = null
  where name = $1 and id = $2 and state = 'active'`
