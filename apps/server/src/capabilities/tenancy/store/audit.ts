import type { Tx } from '../../../platform/database/database.ts'

/** One line of the organisation's audit log: who did what to what. Never secrets. */
export interface AuditEntry {
  readonly id: string
  readonly tenantId: string
  /** Null for the server itself. */
  readonly actorId: string | null
  /** `area.verb`, e.g. `member.removed`. */
  readonly action: string
  readonly targetType: string
  readonly targetId?: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly at: Date
}

/** Written in the transaction of the act itself: there is no act without its line, and no line without its act. */
export async function insertAuditEntry(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.db
    .insertInto('audit_logs')
    .values({
      tenant_id: entry.tenantId,
      id: entry.id,
      actor_id: entry.actorId,
      action: entry.action,
      target_type: entry.targetType,
      target_id: entry.targetId ?? null,
      details: JSON.stringify(entry.details ?? {}),
      created_at: entry.at,
    })
    .execute()
}
