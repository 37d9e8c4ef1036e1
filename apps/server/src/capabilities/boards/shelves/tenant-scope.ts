import type { Database, Tx } from '../../../platform/database/database.ts'

/** Transactions of one organisation in which nobody in particular acts: what the content plane does by itself. */
export interface TenantScope {
  read<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(run: (tx: Tx) => Promise<T>): Promise<T>
}

export function tenantScope(database: Database, tenantId: string): TenantScope {
  const scope = { tenantId, accountId: null }
  return {
    read: (run) => database.tenantRead(scope, run),
    write: (run) => database.tenant(scope, run),
  }
}
