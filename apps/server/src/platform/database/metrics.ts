export type TransactionKind = 'tenant' | 'tenant_read' | 'account'

/** What the database tells whoever measures it. */
export interface DatabaseMetrics {
  /** One finished call, all its attempts included. */
  transaction(kind: TransactionKind, outcome: 'committed' | 'failed', seconds: number): void
  /** One more attempt; `reason` is an SQLSTATE or `connection`. */
  retry(kind: TransactionKind, reason: string): void
}

export const silentMetrics: DatabaseMetrics = { transaction: () => {}, retry: () => {} }
