/** Where the library keeps its files. Everything of a tenant lies under one prefix, so that it can be removed as a whole. */
export const uploadsPrefix = (tenantId: string): string => `tenants/${tenantId}/uploads/`

export const uploadKey = (tenantId: string, uploadId: string): string =>
  `${uploadsPrefix(tenantId)}${uploadId}`

export const contentKey = (tenantId: string, sha256: string): string =>
  `tenants/${tenantId}/content/${sha256}`

export const coverKey = (tenantId: string, contentId: string, size: 'small' | 'large'): string =>
  `tenants/${tenantId}/covers/${contentId}-${size}.webp`
