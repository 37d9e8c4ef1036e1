import type { Output } from '@stoa/sdk'
import { buildPng } from '@stoa/testkit/books/index'
import type { PrivateFixture, SomeFixtures } from './fixture.ts'
import { type Caller, newId, type World } from './world.ts'

type DocumentOperation =
  | 'listDocuments'
  | 'createDocument'
  | 'listDocumentTemplates'
  | 'listDocumentMentions'
  | 'markDocumentMentionsRead'
  | 'createDocumentImport'
  | 'completeDocumentImport'
  | 'getDocument'
  | 'updateDocument'
  | 'deleteDocument'
  | 'restoreDocument'
  | 'starDocument'
  | 'getDocumentContent'
  | 'listDocumentMembers'
  | 'setDocumentMember'
  | 'removeDocumentMember'
  | 'listDocumentVersions'
  | 'createDocumentVersion'
  | 'getDocumentVersion'
  | 'updateDocumentVersion'
  | 'restoreDocumentVersion'
  | 'listCommentThreads'
  | 'createCommentThread'
  | 'getCommentThread'
  | 'updateCommentThread'
  | 'listThreadComments'
  | 'createThreadComment'
  | 'updateThreadComment'
  | 'deleteThreadComment'
  | 'listDocumentFiles'
  | 'createDocumentFile'
  | 'getDocumentFile'
  | 'completeDocumentFile'
  | 'exportDocument'
  | 'createBookFromDocument'

const newDocument = (world: World) => ({
  id: newId(),
  workspace_id: world.tenant.workspaceId,
  template: { id: 'meeting-notes' as const, locale: 'en' as const },
})

/** A document of our owner in which the caller is an owner, too. */
async function documentOf(world: World, caller: Caller): Promise<{ document_id: string }> {
  const { id } = await world.owner.call('createDocument', { body: newDocument(world) })
  const path = { document_id: id, account_id: caller.member.accountId }
  if (caller !== world.ours.owner)
    await world.owner.call('setDocumentMember', { path, body: { role: 'owner' } })
  return { document_id: id }
}

async function versionOf(world: World, caller: Caller) {
  const path = await documentOf(world, caller)
  const { id } = await caller.client.call('createDocumentVersion', {
    path,
    body: { id: newId(), name: 'One' },
  })
  return { ...path, version_id: id }
}

async function threadOf(world: World, caller: Caller) {
  const path = await documentOf(world, caller)
  const { id } = await caller.client.call('createCommentThread', {
    path,
    body: { id: newId(), body: 'A thought' },
  })
  return { ...path, thread_id: id }
}

async function uploaded(world: World, caller: Caller) {
  const path = await documentOf(world, caller)
  const bytes = buildPng(8, 8, () => [200, 120, 40])
  const { id, put } = await caller.client.call('createDocumentFile', {
    path,
    body: { filename: 'a.png', size: bytes.length },
  })
  await send(put, caller, bytes)
  return { ...path, file_id: id }
}

async function send(put: Output<'createDocumentFile'>['put'], caller: Caller, bytes: Uint8Array) {
  const sent = await fetch(new URL(put.url, caller.baseUrl), { ...put, body: new Uint8Array(bytes) })
  if (!sent.ok) throw new Error(`the file was refused: ${sent.status}`)
}

async function importOf(world: World, caller: Caller): Promise<{ import_id: string }> {
  const bytes = new TextEncoder().encode('# Title\n\nText')
  const { id, put } = await caller.client.call('createDocumentImport', {
    body: { id: newId(), workspace_id: world.tenant.workspaceId, filename: 'a.md', size: bytes.length },
  })
  await send(put, caller, bytes)
  return { import_id: id }
}

type Path = Readonly<Record<string, string>>

/** An operation on something that is made first. */
const on = <Op extends DocumentOperation>(
  make: (world: World, caller: Caller) => Promise<Path>,
  rest: object = {},
): PrivateFixture<Op> => ({
  stranger: 'not found',
  call: async (world, caller) => ({ input: { path: await make(world, caller), ...rest } as never }),
})

const own = { stranger: 'own data' as const }

export const documents: SomeFixtures<DocumentOperation> = {
  listDocuments: { ...own, call: () => ({ input: {} }) },
  listDocumentTemplates: { ...own, call: () => ({ input: { query: { locale: 'zh' } } }) },
  listDocumentMentions: { ...own, call: () => ({ input: {} }) },
  markDocumentMentionsRead: { ...own, call: () => ({ input: { body: {} } }) },
  createDocument: { stranger: 'not found', call: (world) => ({ input: { body: newDocument(world) } }) },
  createDocumentImport: {
    stranger: 'not found',
    call: (world) => ({
      input: { body: { id: newId(), workspace_id: world.tenant.workspaceId, filename: 'a.md', size: 3 } },
    }),
  },
  completeDocumentImport: on(importOf),
  getDocument: on(documentOf),
  updateDocument: on(documentOf, { body: { version: 1, title: 'Renamed' } }),
  deleteDocument: on(documentOf),
  restoreDocument: on(async (world, caller) => {
    const path = await documentOf(world, caller)
    await caller.client.call('deleteDocument', { path })
    return path
  }),
  starDocument: on(documentOf, { body: { starred: true } }),
  getDocumentContent: on(documentOf),
  listDocumentMembers: on(documentOf),
  setDocumentMember: on(
    async (world, caller) => ({
      ...(await documentOf(world, caller)),
      account_id: (await world.newcomer('member')).member.accountId,
    }),
    { body: { role: 'reader' } },
  ),
  removeDocumentMember: on(async (world, caller) => {
    const { member } = await world.newcomer('member')
    const path = { ...(await documentOf(world, caller)), account_id: member.accountId }
    await caller.client.call('setDocumentMember', { path, body: { role: 'writer' } })
    return path
  }),
  listDocumentVersions: on(documentOf),
  createDocumentVersion: {
    stranger: 'not found',
    call: async (...who) => ({
      input: { path: await documentOf(...who), body: { id: newId(), name: 'One' } },
    }),
  },
  getDocumentVersion: on(versionOf),
  updateDocumentVersion: on(versionOf, { body: { name: 'Two' } }),
  restoreDocumentVersion: on(versionOf),
  listCommentThreads: on(documentOf),
  createCommentThread: {
    stranger: 'not found',
    call: async (...who) => ({
      input: { path: await documentOf(...who), body: { id: newId(), body: 'Why?' } },
    }),
  },
  getCommentThread: on(threadOf),
  updateCommentThread: on(threadOf, { body: { version: 1, resolved: true } }),
  listThreadComments: on(threadOf),
  createThreadComment: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: await threadOf(...who), body: { id: newId(), body: 'So.' } } }),
  },
  updateThreadComment: on(commentOf, { body: { version: 1, body: 'Changed' } }),
  deleteThreadComment: on(commentOf),
  listDocumentFiles: on(documentOf),
  createDocumentFile: on(documentOf, { body: { filename: 'a.png', size: 3 } }),
  completeDocumentFile: on(uploaded),
  getDocumentFile: on(async (world, caller) => {
    const path = await uploaded(world, caller)
    await caller.client.call('completeDocumentFile', { path })
    return path
  }),
  exportDocument: on(documentOf, { query: { format: 'markdown' } }),
  createBookFromDocument: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: await documentOf(...who), body: { id: newId() } } }),
  },
}

async function commentOf(world: World, caller: Caller): Promise<Path> {
  const { document_id, thread_id } = await threadOf(world, caller)
  return { document_id, comment_id: thread_id }
}
