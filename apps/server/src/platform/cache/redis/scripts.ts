import { createHash } from 'node:crypto'
import type { RedisScript } from './connection.ts'

const script = (source: string): RedisScript => ({
  source,
  sha1: createHash('sha1').update(source).digest('hex'),
})

/** KEYS: counter. ARGV: by, ms to live from the first increment. */
export const incrementScript = script(`
local value = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return value`)

/**
 * The steps of `gcra.ts` on the server's own clock, so that the clocks of our processes do not matter. Times are in
 * microseconds: whole numbers, exact in Lua's doubles for 280 years.
 * KEYS: fullAt. ARGV: points of the rule, µs of its window, points wanted. Returns { allowed, remaining, resetMs }.
 */
export const gcraScript = script(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local window = tonumber(ARGV[2])
local per_point = window / tonumber(ARGV[1])
local before = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local after = before + math.floor(tonumber(ARGV[3]) * per_point)
local excess = after - now - window
local allowed = excess <= 0
local kept = allowed and after or before
if allowed and kept > now then
  redis.call('SET', KEYS[1], string.format('%.0f', kept), 'PX', math.ceil((kept - now) / 1000))
end
local remaining = math.max(0, math.floor((window - (kept - now)) / per_point + 0.001))
return { allowed and 1 or 0, remaining, math.ceil((allowed and kept - now or excess) / 1000) }`)
