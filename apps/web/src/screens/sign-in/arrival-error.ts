import { auth as t } from '@stoa/ui/messages/auth'

const WORDS: Readonly<Record<string, () => string>> = {
  'identity.taken': t.identityTaken,
  'provider.denied': t.providerDenied,
  'provider.failed': t.providerDenied,
  'provider.prove_account': t.providerProve,
  'provider.state_invalid': t.providerStale,
  'provider.unavailable': t.providerDown,
  'reauthentication.required': t.proveAgain,
  'session.ended': t.sessionEnded,
  'session.missing': t.sessionEnded,
  'sign_up.closed': t.providerClosed,
}

/** What the code means with which a provider's page sent the browser back. */
export const arrivalError = (code: string): string => WORDS[code]?.() ?? t.signInFailed({ code })
