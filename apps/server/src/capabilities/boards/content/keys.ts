/** Texts up to this size lie in the database, beside what names them; images lie where browsers can be sent. */
export const INLINE_BYTES = 65_536

export const contentPrefix = (tenantId: string): string => `tenants/${tenantId}/content/`

/** Where content lies in blob storage. */
export const storedKey = (tenantId: string, digest: string): string => `${contentPrefix(tenantId)}${digest}`

/** A chunk that came, until all of its content are here. */
export const chunkKey = (tenantId: string, digest: string, ordinal: number): string =>
  `${storedKey(tenantId, digest)}.${ordinal}.part`

export const uploadKey = (tenantId: string, id: string): string => `tenants/${tenantId}/board-uploads/${id}`
