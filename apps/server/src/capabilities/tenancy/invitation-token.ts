import { createHash, createHmac } from 'node:crypto'

/** `link`: shown to who invites. `mail`: goes by mail only, so that who has it has read the mail. */
export type InvitationTokenUse = 'link' | 'mail'

/**
 * The token of an invitation: its tenant, so that it is looked up inside that tenant, and 256 bits that only this server
 * can make. Made from ids, never stored: a repeated request shows the same link again.
 */
export function invitationToken(
  secret: Uint8Array,
  { tenantId, id, use }: { readonly tenantId: string; readonly id: string; readonly use: InvitationTokenUse },
): string {
  const mac = createHmac('sha256', secret).update(`invitation/${use}/${tenantId}/${id}`).digest('base64url')
  return `${Buffer.from(tenantId.replaceAll('-', ''), 'hex').toString('base64url')}.${mac}`
}

/** What is stored of it. */
export const hashInvitationToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The tenant that a token names; undefined when it is no such token. */
export function tenantOfToken(token: string): string | undefined {
  const [head = ''] = token.split('.', 1)
  const hex = Buffer.from(head, 'base64url').toString('hex')
  if (!/^[0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15}$/.test(hex)) return undefined
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** After `#`, so that it reaches no server log and no referrer. */
export const invitationUrl = (baseUrl: string, token: string): string => `${baseUrl}/join#token=${token}`
