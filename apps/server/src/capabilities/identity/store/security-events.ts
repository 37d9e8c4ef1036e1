import type { Tx } from '../../../platform/database/database.ts'

/** Something that happened to an account's security; kept for its owner and for investigations. Never secrets. */
export interface SecurityEvent {
  readonly id: string
  /** Null when no account could be told, e.g. a code for an unknown address. */
  readonly accountId: string | null
  readonly action: SecurityAction
  readonly sessionId?: string | undefined
  readonly network?: string | null | undefined
  readonly details?: Readonly<Record<string, unknown>>
  readonly at: Date
}

export type SecurityAction =
  | 'account.created'
  | 'email.verified'
  | 'code.refused'
  | 'identity.linked'
  | 'identity.unlinked'
  | 'link.created'
  | 'session.opened'
  | 'session.revoked'
  | 'session.reused'

export async function insertSecurityEvent(tx: Tx, event: SecurityEvent): Promise<void> {
  await tx.db
    .insertInto('security_events')
    .values({
      id: event.id,
      account_id: event.accountId,
      action: event.action,
      session_id: event.sessionId ?? null,
      network: event.network ?? null,
      details: JSON.stringify(event.details ?? {}),
      created_at: event.at,
    })
    .execute()
}
