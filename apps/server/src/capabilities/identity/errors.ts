import { StoaError } from '@stoa/kernel'
import { Problem } from '../../platform/http/problem.ts'

// Tokens and sessions.
export const sessionEnded = (): Problem =>
  new Problem(401, 'session.ended', 'This session has ended. Sign in again.')
export const sessionReused = (): Problem =>
  new Problem(
    401,
    'session.reused',
    'A refresh token was used twice, so the session was ended. Sign in again.',
  )
export const refreshMissing = (): Problem =>
  new Problem(
    401,
    'session.missing',
    'There is no refresh token, or the request did not come from our own pages.',
  )
export const notMemberOfTenant = (): Problem =>
  new Problem(403, 'tenant.not_member', 'This account does not belong to that organisation.')
export const sessionNotFound = (): Problem =>
  new Problem(404, 'session.not_found', 'There is no such session.')
export const noTenant = (): Problem =>
  new Problem(403, 'tenant.none', 'This account belongs to no organisation. Ask for an invitation.')

/** The session came from a link that somebody else made, and the account belongs to other organisations as well. */
export const sessionBound = (): Problem =>
  new Problem(
    403,
    'session.bound',
    'This device was signed in by a link for one organisation only. Sign in yourself.',
  )

// First run.
export const setupClaimed = (): Problem =>
  new Problem(410, 'setup.claimed', 'This installation has an owner already. Sign in.')
export const setupTokenWrong = (): Problem =>
  new Problem(
    403,
    'setup.token_wrong',
    'The set-up link is not valid. The server prints a new one when it starts.',
  )

// Codes and links.
export const codeWrong = (attemptsLeft: number): Problem =>
  new Problem(403, 'code.wrong', 'The code is not right.', { details: { attempts_left: attemptsLeft } })
export const codeExpired = (): Problem =>
  new Problem(
    410,
    'code.expired',
    'The code has expired, was used, or was tried too often. Ask for a new one.',
  )
export const codeTooSoon = (seconds: number): Problem =>
  new Problem(
    429,
    'code.too_soon',
    'A code was sent to this address a moment ago. Wait before you ask for another.',
    {
      details: { retry_after_seconds: seconds },
    },
  )
export const mailBusy = (): Problem =>
  new Problem(503, 'mail.busy', 'Too many mails are waiting to be sent. Try again in a minute.')
export const linkExpired = (): Problem =>
  new Problem(410, 'link.expired', 'The link has expired or was used. Ask for a new one.')
export const signUpClosed = (): Problem =>
  new Problem(403, 'sign_up.closed', 'New accounts are made by invitation here.')

// Ways to sign in.
export const providerNotFound = (): Problem =>
  new Problem(404, 'provider.not_found', 'There is no such provider.')
export const identityNotFound = (): Problem =>
  new Problem(404, 'identity.not_found', 'There is no such way to sign in.')
export const lastIdentity = (): Problem =>
  new Problem(422, 'identity.last', 'This is the only way left to sign in.')
export const reauthenticationRequired = (): Problem =>
  new Problem(
    422,
    'reauthentication.required',
    'Sign in again first: the last time is more than five minutes ago.',
  )

/** There is nobody to make a link for. */
export class LinkForNobody extends StoaError {
  override readonly name = 'LinkForNobody'
}

export const linkForNobody = (): LinkForNobody =>
  new LinkForNobody('link.nobody', 'There is no such account. Before the first set-up there is none at all.')

/** The next signing key has not been published for long enough: others would refuse what it signs. */
export class KeysTooSoon extends StoaError {
  override readonly name = 'KeysTooSoon'
}

export const keysTooSoon = (readyAt: Date): KeysTooSoon =>
  new KeysTooSoon('keys.too_soon', `The next key may be used from ${readyAt.toISOString()} on.`, {
    details: { ready_at: readyAt.toISOString() },
  })

/** The signing keys in the database cannot be opened with the secret of this process. */
export class KeysSecretWrong extends StoaError {
  override readonly name = 'KeysSecretWrong'
}

export const keysSecretWrong = (cause: unknown): KeysSecretWrong =>
  new KeysSecretWrong(
    'keys.secret_wrong',
    'The signing keys were encrypted with another master key: put back secrets/master.key from your backup.',
    { cause },
  )
