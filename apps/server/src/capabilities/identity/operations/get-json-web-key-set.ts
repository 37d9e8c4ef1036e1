import { operation } from '../../../platform/http/operation.ts'
import { JWKS_MAX_AGE_SECONDS } from '../rules/keys.ts'
import type { KeyRing } from '../tokens/key-ring.ts'

export const getJsonWebKeySet = ({ keyRing }: { readonly keyRing: Pick<KeyRing, 'published'> }) =>
  operation('getJsonWebKeySet', async () => ({
    status: 200,
    headers: { 'cache-control': `public, max-age=${JWKS_MAX_AGE_SECONDS}` },
    body: { keys: await keyRing.published() },
  }))
