import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { ProviderIdentity } from './identities.ts'

/** A browser on its way to a provider. */
export interface ProviderState {
  readonly stateHash: Buffer
  readonly browserHash: Buffer
  readonly provider: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly redirectUri: string
  readonly returnTo: string
  /** The account and the session that asked to link the identity. */
  readonly link: { readonly accountId: string; readonly sessionId: string } | undefined
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function insertProviderState(tx: Tx, state: ProviderState): Promise<void> {
  await tx.db
    .insertInto('provider_states')
    .values({
      state_hash: state.stateHash,
      browser_hash: state.browserHash,
      provider: state.provider,
      nonce: state.nonce,
      code_verifier: state.codeVerifier,
      redirect_uri: state.redirectUri,
      return_to: state.returnTo,
      link_account_id: state.link?.accountId ?? null,
      link_session_id: state.link?.sessionId ?? null,
      created_at: state.createdAt,
      expires_at: state.expiresAt,
    })
    .execute()
}

export interface StateKey {
  readonly stateHash: Buffer
  readonly browserHash: Buffer
  readonly provider: string
}

/** Uses the state up; undefined when it is unknown, used, expired, another provider's or another browser's. */
export async function takeProviderState(
  tx: Tx,
  key: StateKey,
  now: Date,
): Promise<ProviderState | undefined> {
  const row = await tx.db
    .updateTable('provider_states')
    .set({ used_at: now })
    .where('state_hash', '=', key.stateHash)
    .where('browser_hash', '=', key.browserHash)
    .where('provider', '=', key.provider)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { link_account_id: accountId, link_session_id: sessionId } = row
  return {
    stateHash: row.state_hash,
    browserHash: row.browser_hash,
    provider: row.provider,
    nonce: row.nonce,
    codeVerifier: row.code_verifier,
    redirectUri: row.redirect_uri,
    returnTo: row.return_to,
    link: accountId === null || sessionId === null ? undefined : { accountId, sessionId },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

/** An identity that waits until this browser has proved that the account is its own. */
export interface PendingIdentity {
  readonly accountId: string
  readonly identity: ProviderIdentity
}

export async function keepPending(
  tx: Tx,
  stateHash: Buffer,
  pending: PendingIdentity,
  until: Date,
): Promise<void> {
  await tx.db
    .updateTable('provider_states')
    .set({ pending: JSON.stringify(pending), expires_at: until })
    .where('state_hash', '=', stateHash)
    .execute()
}

/** Takes what waits for this browser and this account, if anything does. */
export async function takePending(
  tx: Tx,
  { browserHash, accountId }: { readonly browserHash: Buffer; readonly accountId: string },
  now: Date,
): Promise<ProviderIdentity | undefined> {
  const { rows } = await sql<{ pending: PendingIdentity }>`
    with waiting as (
      select state_hash, pending from stoa.provider_states
      where browser_hash = ${browserHash} and expires_at > ${now} and pending ->> 'accountId' = ${accountId}
      order by created_at desc limit 1 for update
    ), cleared as (
      update stoa.provider_states s set pending = null from waiting where s.state_hash = waiting.state_hash
    )
    select pending from waiting`.execute(tx.db)
  return rows[0]?.pending.identity
}
