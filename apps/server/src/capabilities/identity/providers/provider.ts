import type { ProviderIdentity } from '../store/identities.ts'

/** What belongs to one trip to a provider and back. */
export interface Trip {
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** Who somebody is at a provider. */
export interface ProvidedPerson extends ProviderIdentity {
  readonly displayName: string
}

/** Somebody else who says who a person is. */
export interface Provider {
  readonly id: string
  readonly name: string
  /** Where to send the browser. @throws when the provider cannot be reached */
  authorizationUrl(trip: Trip): Promise<URL>
  /** Redeems the code that the browser brought back. @throws when anything about the answer is not as it must be */
  identify(trip: Trip, callback: URL): Promise<ProvidedPerson>
}
