/** Generated from contracts/ by tools/generate-contracts.ts. Do not edit. */
import type { Route } from '../access.ts'

/** Where each operation is served. */
export const routes = {
  getHealth: { method: 'GET', path: '/healthz' },
  getMetrics: { method: 'GET', path: '/metrics' },
  getReadiness: { method: 'GET', path: '/readyz' },
  streamEvents: { method: 'GET', path: '/api/v1/events' },
} as const satisfies Record<string, Route>
