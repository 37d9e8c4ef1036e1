import type { SomeFixtures } from './fixture.ts'
import type { World } from './world.ts'

type TenancyOperation =
  | 'listTenants'
  | 'createTenant'
  | 'getTenant'
  | 'updateTenant'
  | 'listWorkspaces'
  | 'createWorkspace'
  | 'updateWorkspace'
  | 'listWorkspaceMembers'
  | 'addWorkspaceMember'
  | 'removeWorkspaceMember'
  | 'listMembers'
  | 'updateMember'
  | 'removeMember'
  | 'createMemberSignInLink'
  | 'listInvitations'
  | 'createInvitation'
  | 'revokeInvitation'
  | 'lookUpInvitation'
  | 'acceptInvitation'

const UNKNOWN_TOKEN = 'nobody-was-ever-given-this-token'

const invite = ({ owner }: World) => owner.call('createInvitation', { body: { role: 'guest' } })

const memberOf = async (world: World) => (await world.newcomer('guest')).member.accountId

async function versionOf(world: World, accountId: string): Promise<number> {
  const { items } = await world.owner.call('listMembers', { query: { limit: 200 } })
  return items.find((one) => one.account_id === accountId)?.version ?? 1
}

export const tenancy: SomeFixtures<TenancyOperation> = {
  listTenants: { stranger: 'own data', call: () => ({ input: {} }) },
  createTenant: { stranger: 'own data', call: () => ({ input: { body: { name: 'Another' } } }) },
  getTenant: { stranger: 'own data', call: () => ({ input: {} }) },
  updateTenant: {
    stranger: 'own data',
    call: async (_, { client }) => {
      const { version } = await client.call('getTenant')
      return { input: { body: { version, name: 'Renamed' } } }
    },
  },
  listWorkspaces: { stranger: 'own data', call: () => ({ input: {} }) },
  createWorkspace: { stranger: 'own data', call: () => ({ input: { body: { name: 'Another' } } }) },
  updateWorkspace: {
    stranger: 'not found',
    call: async ({ owner }) => {
      const { id, version } = await owner.call('createWorkspace', { body: { name: 'One' } })
      return { input: { path: { workspace_id: id }, body: { version, name: 'Two' } } }
    },
  },
  listWorkspaceMembers: {
    stranger: 'not found',
    call: ({ tenant }) => ({ input: { path: { workspace_id: tenant.workspaceId } } }),
  },
  addWorkspaceMember: {
    stranger: 'not found',
    call: async ({ tenant, ours }) => ({
      input: {
        path: { workspace_id: tenant.workspaceId },
        body: { account_id: ours.guest.member.accountId },
      },
    }),
  },
  removeWorkspaceMember: {
    stranger: 'not found',
    call: async (world) => ({
      input: { path: { workspace_id: world.tenant.workspaceId, account_id: await memberOf(world) } },
    }),
  },
  listMembers: { stranger: 'own data', call: () => ({ input: { query: { limit: 200 } } }) },
  updateMember: {
    stranger: 'not found',
    call: async (world) => {
      const accountId = await memberOf(world)
      const version = await versionOf(world, accountId)
      return { input: { path: { account_id: accountId }, body: { version, role: 'member' } } }
    },
  },
  removeMember: {
    stranger: 'not found',
    // Leaving is everybody's right: each role is tried by a newcomer who leaves.
    call: async (world, { member }) => {
      const leaver = await world.newcomer(member.context.role)
      return { input: { path: { account_id: leaver.member.accountId } }, as: leaver }
    },
  },
  createMemberSignInLink: {
    stranger: 'not found',
    call: (_, { member }) => ({ input: { path: { account_id: member.accountId } } }),
  },
  listInvitations: { stranger: 'own data', call: () => ({ input: {} }) },
  createInvitation: { stranger: 'own data', call: () => ({ input: { body: { role: 'guest' } } }) },
  revokeInvitation: {
    stranger: 'not found',
    call: async (world) => {
      const { id } = (await invite(world)).invitation
      return { input: { path: { invitation_id: id } } }
    },
  },
  lookUpInvitation: { answers: 410, call: () => ({ input: { body: { token: UNKNOWN_TOKEN } } }) },
  acceptInvitation: {
    answers: 410,
    call: () => ({ input: { body: { token: UNKNOWN_TOKEN, display_name: 'Somebody' } } }),
  },
}
