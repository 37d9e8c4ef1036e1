/** What the server itself names: the first workspace of an organisation, in the language of who founds it. */
export const firstWorkspaceName = { en: 'General', zh: '公共' } as const
