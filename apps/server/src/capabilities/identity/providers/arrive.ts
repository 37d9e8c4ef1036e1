import type { Tx } from '../../../platform/database/database.ts'
import type { Connection } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { decideLinking } from '../rules/linking.ts'
import type { OpenedSession } from '../sessions/sessions.ts'
import { openSession } from '../sessions/sign-in.ts'
import { signUp } from '../sessions/sign-up.ts'
import { enterSignIn } from '../store/doors.ts'
import { lockEmail } from '../store/emails.ts'
import { findIdentity, markIdentityUsed } from '../store/identities.ts'
import { keepPending, type ProviderState } from '../store/provider-states.ts'
import { findSession } from '../store/sessions.ts'
import { linkIdentity } from './pending.ts'
import type { ProvidedPerson } from './provider.ts'

const PENDING_MS = 10 * 60_000

export interface Arriving {
  readonly trip: ProviderState
  readonly person: ProvidedPerson
  readonly connection: Connection
}

/** How a trip to a provider ends. */
export type Arrival =
  | { readonly kind: 'signed_in'; readonly opened: OpenedSession }
  | { readonly kind: 'linked' }
  | { readonly kind: 'prove' }
  | { readonly kind: 'refused'; readonly code: string }

/** Decides by the linking rules, and does it in one transaction. */
export function arrive(parts: Parts, arriving: Arriving): Promise<Arrival> {
  const { person, trip } = arriving
  return parts.database.account(null, async (tx): Promise<Arrival> => {
    await enterSignIn(tx)
    const known = await findIdentity(tx, person.issuer, person.subject)
    const address = person.verifiedEmail === null ? undefined : await lockEmail(tx, person.verifiedEmail)
    const decision = decideLinking({
      identityOwner: known?.accountId,
      linkTo: trip.link?.accountId,
      addressOwner: address?.accountId,
      allowSignUp: parts.settings.allowSignUp,
    })
    switch (decision.kind) {
      case 'refuse':
        return { kind: 'refused', code: decision.code }
      case 'link':
        return await link(parts, tx, arriving, { accountId: decision.accountId, linked: known !== undefined })
      case 'prove': {
        const pending = { accountId: decision.accountId, identity: person }
        await keepPending(tx, trip.stateHash, pending, new Date(parts.clock.now() + PENDING_MS))
        return { kind: 'prove' }
      }
      case 'sign_in':
        if (known) await markIdentityUsed(tx, known.id, person.label, new Date(parts.clock.now()))
        return await open(parts, tx, arriving, decision.accountId)
      case 'sign_up':
        return await open(parts, tx, arriving, await joinAsNew(parts, tx, person))
    }
  })
}

/** The session that asked must still live: signing out on the way takes the wish back. */
async function link(
  parts: Parts,
  tx: Tx,
  { trip, person }: Arriving,
  { accountId, linked }: { readonly accountId: string; readonly linked: boolean },
): Promise<Arrival> {
  const session = trip.link && (await findSession(tx, trip.link.sessionId))
  if (session === undefined || session.revokedAt !== null) return { kind: 'refused', code: 'session.ended' }
  if (linked || (await linkIdentity(parts, tx, accountId, person))) return { kind: 'linked' }
  return { kind: 'refused', code: 'identity.taken' }
}

async function open(parts: Parts, tx: Tx, { connection }: Arriving, accountId: string): Promise<Arrival> {
  return {
    kind: 'signed_in',
    opened: await openSession(parts, tx, { accountId, method: 'provider', connection }),
  }
}

async function joinAsNew(parts: Parts, tx: Tx, person: ProvidedPerson): Promise<string> {
  const { displayName, verifiedEmail: email, provider: by } = person
  const accountId = await signUp(parts, tx, { displayName, locale: 'en', email, by })
  await linkIdentity(parts, tx, accountId, person)
  return accountId
}
