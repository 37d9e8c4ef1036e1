/** Reads a file in: analysis, cover, passages, search. Data: `{ tenantId, contentId }`. */
export const READ_IN = 'library.read-in'
