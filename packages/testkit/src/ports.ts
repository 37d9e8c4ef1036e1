import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below those that systems give to outgoing connections and to whoever asks for any (Linux begins at 32768): what was free stays
 * free until it is used, also while its process is away.
 */
const [FIRST, COUNT] = [20_000, 12_000]
const TRIES = 100

/**
 * A port of 127.0.0.1 that was free a moment ago, for a process that must be told one, or must come back on the same.
 * @throws Error when none of a hundred is free
 */
export async function freePort(): Promise<number> {
  for (let n = 0; n < TRIES; n++) {
    const port = FIRST + randomInt(COUNT)
    if (await isFree(port)) return port
  }
  throw new Error('no port')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
