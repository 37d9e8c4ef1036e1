/** What the program says about itself: alive, ready, its metrics, and the live stream of events. */
import type { Capability } from '../capability.ts'
import type { SystemComponents } from './components.ts'
import { getHealth } from './operations/get-health.ts'
import { getMetrics } from './operations/get-metrics.ts'
import { getReadiness } from './operations/get-readiness.ts'
import { streamEvents } from './operations/stream-events.ts'

export type { EventSource, ReadinessCheck, SystemComponents } from './components.ts'

export function createSystem(components: SystemComponents): Capability {
  const operations = [getHealth, getReadiness, getMetrics, streamEvents]
  return {
    name: 'system',
    operations: operations.map((create) => create(components)),
    jobs: [],
    services: [],
  }
}
