import type { ContentCounters } from '../../../../platform/telemetry/content.ts'

export const silentCounters: ContentCounters = {
  fetched: () => {},
  lookedUp: () => {},
  received: () => {},
  synced: () => {},
  served: () => {},
  evicted: () => {},
}
