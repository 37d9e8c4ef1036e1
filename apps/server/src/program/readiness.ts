import type { ReadinessCheck } from '../capabilities/system/index.ts'
import type { Platform } from './platform.ts'

const PROBE = 'readiness/probe'

/** What the program cannot work without, asked the cheapest way that proves it. */
export function readinessChecks(
  platform: Pick<Platform, 'config' | 'persistence' | 'blobs'>,
): readonly ReadinessCheck[] {
  const { database, jobs } = platform.persistence
  const { store } = platform.blobs
  const write = () =>
    store.put(PROBE, new Uint8Array([1]), { contentType: 'application/octet-stream', maxBytes: 1 })
  const look = () => store.head(PROBE)
  // A local disk fails by being full or gone; an answer of a remote store proves enough and costs nothing.
  const reachBlobs = platform.config.blobs.kind === 'disk' ? write : look
  return [
    { name: 'database', check: () => database.account(null, async () => {}) },
    { name: 'jobs', check: async () => void (await jobs.counts()) },
    { name: 'blobs', check: async () => void (await reachBlobs()) },
  ]
}
