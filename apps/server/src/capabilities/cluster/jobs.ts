import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { DatabaseClusterStore } from './store/cluster-store.ts'

const KEPT_MS = 30 * 86_400_000
const BATCH = 5_000

/** Every night: forgets who came and went more than 30 days ago. */
export function sweepPresence(
  store: Pick<DatabaseClusterStore, 'sweepPresence'>,
  now: () => number,
  onSwept: (what: string, count: number) => void,
): JobDefinition {
  return {
    ...{ name: 'cluster.sweep_presence', schedule: '41 3 * * *' },
    ...{ retryLimit: 3, concurrency: 1, expireInSeconds: 600 },
    async run({ signal, log }) {
      let total = 0
      for (let swept = BATCH; swept === BATCH; total += swept) {
        signal.throwIfAborted()
        swept = await store.sweepPresence(new Date(now() - KEPT_MS), BATCH)
      }
      onSwept('cluster_presence', total)
      log.info({ action: 'presence_swept', entries: total })
    },
  }
}
