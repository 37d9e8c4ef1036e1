/** Where files of messages lie in blob storage. */
export const attachmentKey = (tenantId: string, id: string): string => `tenants/${tenantId}/rooms/${id}`

export const thumbnailKey = (tenantId: string, id: string): string =>
  `tenants/${tenantId}/rooms/${id}-small.webp`
