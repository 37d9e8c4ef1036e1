import type { TenantContext } from '../database/database.ts'
import { tokenInvalid, tokenMissing } from './errors.ts'

/** Turns an access token into its caller. The identity capability provides it. */
export interface Authenticator {
  /** @throws Problem 401 `token.expired` or `token.invalid` */
  verify(token: string): Promise<TenantContext>
}

/** The token of an `Authorization: Bearer` header (RFC 6750 §2.1). @throws Problem 401 */
export function bearerToken(authorization: string | undefined): string {
  if (!authorization) throw tokenMissing()
  const match = /^Bearer +([\w\-.~+/]+=*) *$/i.exec(authorization)
  if (!match?.[1]) throw tokenInvalid()
  return match[1]
}
