import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { InvitationTimes } from '../rules.ts'

export type InvitationRole = 'admin' | 'member' | 'guest'

export interface StoredInvitation extends InvitationTimes {
  readonly id: string
  readonly role: InvitationRole
  readonly email: string | null
  readonly workspaceIds: readonly string[]
  readonly createdAt: Date
  readonly invitedBy: { readonly accountId: string; readonly displayName: string }
}

export interface NewInvitation {
  readonly tenantId: string
  readonly id: string
  readonly tokenHash: Buffer
  readonly mailTokenHash: Buffer | null
  readonly role: InvitationRole
  readonly email: string | null
  readonly workspaceIds: readonly string[]
  readonly maxUses: number
  readonly invitedBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  await tx.db
    .insertInto('invitations')
    .values({
      tenant_id: invitation.tenantId,
      id: invitation.id,
      token_hash: invitation.tokenHash,
      mail_token_hash: invitation.mailTokenHash,
      role: invitation.role,
      email: invitation.email,
      workspace_ids: [...invitation.workspaceIds],
      max_uses: invitation.maxUses,
      invited_by: invitation.invitedBy,
      created_at: invitation.createdAt,
      expires_at: invitation.expiresAt,
    })
    .execute()
}

const invitations = (tx: Tx) =>
  tx.db
    .selectFrom('invitations')
    .innerJoin('people', 'people.account_id', 'invitations.invited_by')
    .selectAll('invitations')
    .select('people.display_name')

export async function findInvitation(tx: Tx, id: string): Promise<StoredInvitation | undefined> {
  const row = await invitations(tx).where('invitations.id', '=', id).executeTakeFirst()
  return row && toInvitation(row)
}

/** The invitation of a token, and whether the token is the one that went by mail, which proves the address. */
export async function findInvitationByToken(
  tx: Tx,
  hash: Buffer,
): Promise<{ readonly invitation: StoredInvitation; readonly byMail: boolean } | undefined> {
  const row = await invitations(tx)
    .where((is) => is.or([is('token_hash', '=', hash), is('mail_token_hash', '=', hash)]))
    .executeTakeFirst()
  return row && { invitation: toInvitation(row), byMail: row.mail_token_hash?.equals(hash) === true }
}

/** Open ones, newest first; at most 500. */
export async function listOpenInvitations(tx: Tx, now: Date): Promise<StoredInvitation[]> {
  const rows = await invitations(tx)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .whereRef('uses', '<', 'max_uses')
    .orderBy('created_at', 'desc')
    .orderBy('invitations.id', 'desc')
    .limit(500)
    .execute()
  return rows.map(toInvitation)
}

/** Takes one use; false when there is none left (any more). Of two at once for the last use, one gets it. */
export async function takeInvitationUse(tx: Tx, id: string, now: Date): Promise<boolean> {
  const result = await tx.db
    .updateTable('invitations')
    .set({ uses: sql<number>`uses + 1` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .whereRef('uses', '<', 'max_uses')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Whether it was open. */
export async function revokeInvitation(tx: Tx, id: string, at: Date): Promise<boolean> {
  const result = await tx.db
    .updateTable('invitations')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Who left does not let others in any more. */
export async function revokeInvitationsOf(tx: Tx, accountId: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('invitations')
    .set({ revoked_at: at })
    .where('invited_by', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}

interface InvitationRow {
  readonly id: string
  readonly role: string
  readonly email: string | null
  readonly workspace_ids: string[]
  readonly uses: number
  readonly max_uses: number
  readonly invited_by: string
  readonly display_name: string | null
  readonly created_at: Date
  readonly expires_at: Date
  readonly revoked_at: Date | null
}

const toInvitation = (row: InvitationRow): StoredInvitation => ({
  id: row.id,
  role: row.role as InvitationRole,
  email: row.email,
  workspaceIds: row.workspace_ids,
  uses: row.uses,
  maxUses: row.max_uses,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  invitedBy: { accountId: row.invited_by, displayName: row.display_name ?? '' },
})
