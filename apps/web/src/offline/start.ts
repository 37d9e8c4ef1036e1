import { session } from '../data/browser-session.ts'
import { currentPlace } from './place.ts'

/** Sends what waits and fetches what changed: at start, when the network is back, and when the page is looked at again. */
export function keepInSync(): void {
  const sync = () => {
    // Not reached: the outbox tries again by itself, and the next occasion pulls.
    void currentPlace()
      ?.sync()
      .catch(() => {})
  }
  session.subscribe(sync)
  addEventListener('online', sync)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sync())
  sync()
}
