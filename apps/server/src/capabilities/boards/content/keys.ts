/** Texts up to this size lie in the database, beside what names them; images lie where browsers can be sent. */
export const INLINE_BYTES = 65_536

/** Where content lies in blob storage. */
export const storedKey = (tenantId: string, digest: string): string => `tenants/${tenantId}/content/${digest}`

/** A chunk that came, until all of its content are here. */
export const chunkKey = (tenantId: string, digest: string, ordinal: number): string =>
  `tenants/${tenantId}/content/${digest}.${ordinal}.part`

export const uploadKey = (tenantId: string, id: string): string => `tenants/${tenantId}/board-uploads/${id}`
