/** Generated from contracts/ by tools/generate-contracts.ts. Do not edit. */
import type { Access } from '../access.ts'
import type { operations } from './api.ts'

/** Who may call what. Enforced by the contract mount, tested operation by operation. */
export const permissions: Readonly<Record<keyof operations, Access>> = {
  getHealth: { public: true },
  getMetrics: { public: true },
  getReadiness: { public: true },
  streamEvents: { public: false, roles: ['owner', 'admin', 'member', 'guest'] },
}
