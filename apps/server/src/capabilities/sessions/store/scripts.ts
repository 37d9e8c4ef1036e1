/**
 * The Redis layout, changed by scripts alone so that no reader sees half of a change:
 * `session:{id}` hash, `sessions:conn:{connection}` string, `sessions:user:{user}` and `sessions:active` sets of ids.
 *
 * The hash outlives its session by {@link GRACE_MS}, so that a sweep still finds whose it was; readers go by `expires_at`.
 * Every other key lives as long as the longest hash it speaks of: when all processes die, all keys end by themselves, and a
 * member of a set whose hash is gone is dropped by whoever meets it.
 */
export const GRACE_MS = 60_000

const COMMON = `
local function now_ms()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function outlive(key, at)
  if redis.call('PTTL', key) < 0 then redis.call('PEXPIREAT', key, at)
  else redis.call('PEXPIREAT', key, at, 'GT') end
end
local function live(id, now)
  local expires = redis.call('HGET', 'session:' .. id, 'expires_at')
  return expires and tonumber(expires) > now
end
local function forget(id)
  local parts = redis.call('HMGET', 'session:' .. id, 'user_id', 'connection_id')
  redis.call('SREM', 'sessions:active', id)
  if parts[1] then redis.call('SREM', 'sessions:user:' .. parts[1], id) end
  if parts[2] and redis.call('GET', 'sessions:conn:' .. parts[2]) == id then
    redis.call('DEL', 'sessions:conn:' .. parts[2])
  end
  return redis.call('DEL', 'session:' .. id)
end
local function whole(id)
  return redis.call('HGETALL', 'session:' .. id)
end
`

/** ARGV: id, connection, user, ttl in ms, then fields and values. Returns the hash of the connection's session. */
export const CREATE = `${COMMON}
local now = now_ms()
local id, connection, user, ttl = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local known = redis.call('GET', 'sessions:conn:' .. connection)
if known and live(known, now) then return whole(known) end
if known then forget(known) end
local expires = now + ttl
local gone = expires + ${GRACE_MS}
redis.call('HSET', 'session:' .. id, 'created_at', now, 'expires_at', expires, unpack(ARGV, 5))
redis.call('PEXPIREAT', 'session:' .. id, gone)
redis.call('SET', 'sessions:conn:' .. connection, id, 'PXAT', gone)
redis.call('SADD', 'sessions:user:' .. user, id)
outlive('sessions:user:' .. user, gone)
redis.call('SADD', 'sessions:active', id)
outlive('sessions:active', gone)
return whole(id)`

/** ARGV: id, or '' and a connection. */
export const READ = `${COMMON}
local id = ARGV[1]
if id == '' then id = redis.call('GET', 'sessions:conn:' .. ARGV[2]) end
if not id then return {} end
if live(id, now_ms()) then return whole(id) end
forget(id)
return {}`

/** ARGV: id, then fields and values. */
export const CHANGE = `${COMMON}
if not live(ARGV[1], now_ms()) then forget(ARGV[1]) return {} end
if #ARGV > 1 then redis.call('HSET', 'session:' .. ARGV[1], unpack(ARGV, 2)) end
return whole(ARGV[1])`

/** ARGV: id, ttl in ms or 0, messages sent and received, bytes sent and received to add. */
export const HEARTBEAT = `${COMMON}
local now = now_ms()
local id, key = ARGV[1], 'session:' .. ARGV[1]
if not live(id, now) then forget(id) return {} end
local ttl = tonumber(ARGV[2])
if ttl == 0 then ttl = tonumber(redis.call('HGET', key, 'ttl_ms')) end
local stats = cjson.decode(redis.call('HGET', key, 'stats'))
for i, name in ipairs({'messages_sent', 'messages_received', 'bytes_sent', 'bytes_received'}) do
  stats[name] = stats[name] + tonumber(ARGV[i + 2])
end
stats.last_heartbeat_at = now
local gone = now + ttl + ${GRACE_MS}
redis.call('HSET', key, 'expires_at', now + ttl, 'ttl_ms', ttl, 'stats', cjson.encode(stats))
redis.call('PEXPIREAT', key, gone)
local parts = redis.call('HMGET', key, 'user_id', 'connection_id')
redis.call('PEXPIREAT', 'sessions:conn:' .. parts[2], gone)
outlive('sessions:user:' .. parts[1], gone)
outlive('sessions:active', gone)
return whole(id)`

/** ARGV: id. Returns 1 when a live one was deleted. */
export const DELETE = `${COMMON}
local was = live(ARGV[1], now_ms())
forget(ARGV[1])
return was and 1 or 0`

/** ARGV: set. Drops what is dead from the set; returns the ids that live. */
export const MEMBERS = `${COMMON}
local now = now_ms()
local alive = {}
for _, id in ipairs(redis.call('SMEMBERS', ARGV[1])) do
  if live(id, now) then alive[#alive + 1] = id
  else
    forget(id)
    redis.call('SREM', ARGV[1], id)
  end
end
return alive`

/** ARGV: ids. Forgets those that have expired; returns how many, and the users of the others. */
export const SWEEP = `${COMMON}
local now = now_ms()
local gone, users = 0, {}
for _, id in ipairs(ARGV) do
  if live(id, now) then users[#users + 1] = redis.call('HGET', 'session:' .. id, 'user_id')
  else
    forget(id)
    redis.call('SREM', 'sessions:active', id)
    gone = gone + 1
  end
end
return { gone, users }`
