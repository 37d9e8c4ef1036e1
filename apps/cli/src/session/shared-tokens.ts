import type { TokenSource } from '@stoa/sdk'

/** Access tokens for everybody in this process: requests, and the connection that stays. */
export interface SharedTokens extends TokenSource {
  get(): Promise<string | undefined>
  renew(refused: string | undefined): Promise<string | undefined>
}

/**
 * Renews once for all who ask at the same time, because a refresh token is good for one renewal; what failed is tried again by
 * the next who asks.
 */
export function sharedTokens(renew: () => Promise<string | undefined>): SharedTokens {
  let current: Promise<string | undefined> | undefined
  const begin = () => {
    const begun = renew().catch((error: unknown) => {
      if (current === begun) current = undefined
      throw error
    })
    current = begun
    return begun
  }
  return {
    get: () => current ?? begin(),
    async renew(refused) {
      const held = current
      const isRefused = held !== undefined && (await held.catch(() => undefined)) === refused
      return isRefused && current === held ? begin() : (current ?? begin())
    },
  }
}
