import { concatBytes } from './bytes.ts'
import { encodeCanonical, type Plain } from './canonical.ts'
import { MembershipError } from './errors.ts'
import { portable, type SignatureScheme } from './signature.ts'

/** Kinds of signed things; the kind is part of what is signed, so that none can stand for another (SIG-1). */
export type Kind = 'admin-proof' | 'snapshot' | 'heartbeat' | 'status'

export type Body = { readonly [name: string]: Plain }
export type Sealed<T> = T & { readonly sig: Uint8Array }

export const SIGNATURE_BYTES = 64

/** What a signature covers: `p2pos/KIND/1`, a zero byte, the canonical form of the message without `sig` (SIG-1). */
export function signedBytes(kind: Kind, { sig: _, ...body }: Body): Uint8Array {
  return concatBytes(new TextEncoder().encode(`p2pos/${kind}/1\0`), encodeCanonical(body))
}

/** Signs with an Ed25519 secret key (32 bytes). */
export function seal<T extends Body>(
  kind: Kind,
  body: T,
  secretKey: Uint8Array,
  scheme: SignatureScheme = portable,
): Sealed<T> {
  return { ...body, sig: scheme.sign(signedBytes(kind, body), secretKey) }
}

/** Throws `membership.bad_signature` unless `publicKey` signed it; RFC 8032, not the looser ZIP 215 (SIG-2). */
export function checkSeal(
  kind: Kind,
  message: Body & { sig: Uint8Array },
  publicKey: Uint8Array,
  scheme: SignatureScheme = portable,
): void {
  if (!isSealedBy(kind, message, publicKey, scheme))
    throw new MembershipError(
      'membership.bad_signature',
      `The signature of the ${kind} is not of the key it names.`,
    )
}

export function isSealedBy(
  kind: Kind,
  message: Body & { sig: Uint8Array },
  publicKey: Uint8Array,
  scheme: SignatureScheme = portable,
): boolean {
  return scheme.verify(message.sig, signedBytes(kind, message), publicKey)
}
