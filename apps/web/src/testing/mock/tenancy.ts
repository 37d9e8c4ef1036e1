import type { components } from '@stoa/contracts'
import { type MockHandlers, problem } from '../mock-api.ts'
import { account, ago, tenants, uuid } from './account.ts'

type Schemas = components['schemas']

const tenant: Schemas['Tenant'] = {
  id: uuid(10),
  name: 'Thursday Readers',
  version: 2,
  created_at: ago(60 * 24 * 90),
}

const workspaces: Schemas['Workspace'][] = [
  workspace(50, 'Thursday Readers', 6),
  workspace(51, 'Translation table', 3),
  workspace(52, '古文小组', 2),
  { ...workspace(53, 'Summer 2025', 5), archived: true },
]

function workspace(n: number, name: string, members: number): Schemas['Workspace'] {
  return {
    id: uuid(n),
    name,
    archived: false,
    member_count: members,
    version: 1,
    created_at: ago(60 * 24 * 80),
  }
}

const members: Schemas['Member'][] = [
  member(1, 'Anna Reyes', 'anna@example.org', 'owner', [50, 51, 52]),
  member(2, '顾晚', 'guwan@example.org', 'admin', [50, 52]),
  member(3, 'Maya Okafor', 'maya@example.org', 'member', [50, 51]),
  member(4, 'Teo Marsh', 'teo@example.org', 'member', [50]),
  member(5, '林舟', 'linzhou@example.org', 'member', [50, 51, 52]),
  member(6, 'Ingrid Dahl-Christophersen of the Reading Room', null, 'guest', [50]),
]

function member(
  n: number,
  name: string,
  email: string | null,
  role: Schemas['Role'],
  workspaceNumbers: readonly number[],
): Schemas['Member'] {
  return {
    account_id: uuid(n),
    display_name: name,
    email,
    role,
    version: 1,
    joined_at: ago(60 * 24 * (90 - n)),
    workspace_ids: workspaceNumbers.map(uuid),
  }
}

const invitations: Schemas['Invitation'][] = [
  {
    id: uuid(60),
    role: 'member',
    email: null,
    workspace_ids: [uuid(50)],
    uses: 2,
    max_uses: 20,
    created_at: ago(60 * 20),
    expires_at: ago(-60 * 24 * 6),
    invited_by: { account_id: account.id, display_name: account.display_name },
  },
  {
    id: uuid(61),
    role: 'guest',
    email: 'ines@example.org',
    workspace_ids: [],
    uses: 0,
    max_uses: 1,
    created_at: ago(60 * 50),
    expires_at: ago(-60 * 24 * 2),
    invited_by: { account_id: uuid(2), display_name: '顾晚' },
  },
]

const byId = <T extends { id: string }>(list: readonly T[], id: string | undefined) =>
  list.find((item) => item.id === id)

function invite(
  body: Schemas['Invitation'] extends infer I ? Partial<I> & { role: Schemas['Role'] } : never,
) {
  const invitation: Schemas['Invitation'] = {
    id: uuid(62 + invitations.length),
    email: null,
    workspace_ids: [],
    uses: 0,
    max_uses: 1,
    created_at: ago(0),
    expires_at: ago(-60 * 24 * 7),
    invited_by: { account_id: account.id, display_name: account.display_name },
    ...body,
  }
  invitations.unshift(invitation)
  return invitation
}

/** An organisation with six people, four workspaces and two open invitations. */
export const tenancyHandlers: MockHandlers = {
  listTenants: () => ({ status: 200, body: { items: tenants } }),
  createTenant: ({ body }) => {
    const made = { tenant_id: uuid(12 + tenants.length), name: body.name, role: 'owner' as const }
    tenants.push(made)
    return { status: 201, body: made }
  },
  getTenant: () => ({ status: 200, body: tenant }),
  updateTenant: ({ body }) => {
    if (body.version !== tenant.version) return problem(409, 'version.conflict')
    return { status: 200, body: Object.assign(tenant, { name: body.name, version: tenant.version + 1 }) }
  },
  listWorkspaces: () => ({ status: 200, body: { items: workspaces } }),
  createWorkspace: ({ body }) => {
    const made = workspace(70 + workspaces.length, body.name, 1)
    workspaces.push(made)
    return { status: 201, body: made }
  },
  updateWorkspace: ({ params, body }) => {
    const found = byId(workspaces, params.workspace_id)
    if (!found) return problem(404, 'workspace.not_found')
    const { version, ...change } = body
    return { status: 200, body: Object.assign(found, change, { version: version + 1 }) }
  },
  listWorkspaceMembers: ({ params }) => ({
    status: 200,
    body: { items: members.filter(({ workspace_ids }) => workspace_ids.includes(params.workspace_id ?? '')) },
  }),
  addWorkspaceMember: () => ({ status: 204, body: undefined }),
  removeWorkspaceMember: () => ({ status: 204, body: undefined }),
  listMembers: ({ query }) => {
    const wanted = query.get('query')?.toLowerCase() ?? ''
    const items = members.filter(({ display_name }) => display_name.toLowerCase().includes(wanted))
    return { status: 200, body: { items, next_cursor: null } }
  },
  updateMember: ({ params, body }) => {
    const found = members.find(({ account_id }) => account_id === params.account_id)
    if (!found) return problem(404, 'member.not_found')
    return { status: 200, body: Object.assign(found, { role: body.role, version: body.version + 1 }) }
  },
  removeMember: ({ params }) => {
    const at = members.findIndex(({ account_id }) => account_id === params.account_id)
    members.splice(at, 1)
    return { status: 204, body: undefined }
  },
  createMemberSignInLink: () => ({
    status: 201,
    body: { url: 'http://study-desk.local:8080/sign-in#token=V2FsZGVuLXBvbmQ', expires_at: ago(-15) },
  }),
  listInvitations: () => ({ status: 200, body: { items: invitations } }),
  createInvitation: ({ body }) => ({
    status: 201,
    body: {
      invitation: invite(body),
      url: 'http://study-desk.local:8080/join#token=7F4K-Q2MX-walden-pond',
      mailed: body.email !== undefined,
    },
  }),
  revokeInvitation: ({ params }) => {
    const at = invitations.findIndex(({ id }) => id === params.invitation_id)
    invitations.splice(at, 1)
    return { status: 204, body: undefined }
  },
}
