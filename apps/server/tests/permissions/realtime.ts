import type { SomeFixtures } from './fixture.ts'

export const realtime: SomeFixtures<'getRealtime' | 'createDocumentTicket'> = {
  getRealtime: { stranger: 'own data', call: () => ({ input: {} }) },
  createDocumentTicket: {
    stranger: 'not found',
    call: async ({ stoa, tenant }) => {
      const { document } = await stoa.program.capabilities.realtime.statesync.createDocument({
        tenantId: tenant.tenantId,
        workspaceId: tenant.workspaceId,
        userId: tenant.owner.accountId,
      })
      return { input: { body: { document_id: document?.documentId ?? '' } } }
    },
  },
}
