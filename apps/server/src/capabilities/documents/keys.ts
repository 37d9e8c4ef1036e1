/** Where files of documents lie in blob storage. */
export const fileKey = (tenantId: string, id: string): string => `tenants/${tenantId}/documents/${id}`

export const thumbnailKey = (tenantId: string, id: string): string =>
  `tenants/${tenantId}/documents/${id}-small.webp`

export const importKey = (tenantId: string, id: string): string =>
  `tenants/${tenantId}/document-imports/${id}`
