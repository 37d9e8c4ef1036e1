import { type Clock, type Random, uuidv7 } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { insertAuditEntry } from './store/audit.ts'

/** What was done to what, e.g. `{ action: 'member.removed', targetType: 'account', targetId }`. */
export interface AuditAct {
  readonly action: string
  readonly targetType: string
  readonly targetId?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** Writes an act of the caller into the audit log, in the transaction of the act. */
export async function audit(
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  tx: Tx,
  { tenantId, accountId }: Pick<TenantContext, 'tenantId' | 'accountId'>,
  act: AuditAct,
): Promise<void> {
  const at = new Date(clock.now())
  await insertAuditEntry(tx, { ...act, id: uuidv7(clock, random), tenantId, actorId: accountId, at })
}
