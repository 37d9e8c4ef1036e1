import { Resolver } from 'node:dns/promises'
import type { ResolveTxt } from '../bootstrap.ts'

const TIMEOUT_MS = 1_500
/** Answers that say that there is nothing, not that asking failed. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA'])

/** TXT records from the machine's name servers, or from these (`address` or `address:port`). */
export function txtResolver(servers: readonly string[] = []): ResolveTxt {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2, maxTimeout: TIMEOUT_MS })
  if (servers.length > 0) resolver.setServers([...servers])
  return async (name) => {
    try {
      return await resolver.resolveTxt(name)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (NOTHING.has(code)) return []
      throw new Error(`${name} could not be looked up (${code || String(error)})`, { cause: error })
    }
  }
}
