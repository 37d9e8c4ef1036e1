import type { Call, SomeFixtures } from './fixture.ts'
import { locator } from './reading.ts'
import { type Caller, newId, type World } from './world.ts'

type RoomOperation =
  | 'listRooms'
  | 'createRoom'
  | 'openDirectRoom'
  | 'getUnreadSummary'
  | 'listMentions'
  | 'createAttachment'
  | 'completeAttachment'
  | 'getRoom'
  | 'updateRoom'
  | 'joinRoom'
  | 'updateRoomMembership'
  | 'listRoomMembers'
  | 'addRoomMember'
  | 'updateRoomMember'
  | 'removeRoomMember'
  | 'markRoomRead'
  | 'markRoomDelivered'
  | 'listRoomReceipts'
  | 'listMessages'
  | 'sendMessage'
  | 'listRoomChanges'
  | 'getMessage'
  | 'updateMessage'
  | 'deleteMessage'
  | 'listMessageVersions'
  | 'addReaction'
  | 'removeReaction'
  | 'exportRoom'

const newRoom = (world: World) => ({ id: newId(), workspace_id: world.tenant.workspaceId, name: 'Reading' })

/** A room that our owner opened and the caller joined. */
async function roomOf(world: World, caller: Caller): Promise<{ room_id: string }> {
  const { id } = await world.owner.call('createRoom', { body: newRoom(world) })
  await caller.client.call('joinRoom', { path: { room_id: id } })
  return { room_id: id }
}

/** A room in which the caller is an owner, too. */
async function roomLedBy(world: World, caller: Caller): Promise<{ room_id: string }> {
  const path = await roomOf(world, caller)
  const { accountId } = caller.member
  if (caller !== world.ours.owner) {
    await world.owner.call('updateRoomMember', {
      path: { ...path, account_id: accountId },
      body: { role: 'owner' },
    })
  }
  return path
}

async function messageOf(world: World, caller: Caller): Promise<{ room_id: string; message_id: string }> {
  const path = await roomOf(world, caller)
  const { id } = await caller.client.call('sendMessage', { path, body: { id: newId(), body: 'A thought' } })
  return { ...path, message_id: id }
}

const inRoom = async (world: World, caller: Caller) => ({ input: { path: await roomOf(world, caller) } })
const ofMessage = async (world: World, caller: Caller) => ({
  input: { path: await messageOf(world, caller) },
})
const emptyList = { stranger: 'own data' as const, call: () => ({ input: {} }) }

async function uploaded(world: World, caller: Caller): Promise<Call<'completeAttachment'>> {
  const { room_id } = await roomOf(world, caller)
  const bytes = new TextEncoder().encode('Some text.')
  const { id, put } = await caller.client.call('createAttachment', {
    body: { room_id, filename: 'notes.txt', size: bytes.length },
  })
  const sent = await fetch(new URL(put.url, caller.baseUrl), { ...put, body: bytes })
  if (!sent.ok) throw new Error(`the file was refused: ${sent.status}`)
  return { input: { path: { attachment_id: id } } }
}

export const rooms: SomeFixtures<RoomOperation> = {
  listRooms: emptyList,
  getUnreadSummary: emptyList,
  listMentions: emptyList,
  createRoom: { stranger: 'not found', call: (world) => ({ input: { body: newRoom(world) } }) },
  openDirectRoom: {
    stranger: 'not found',
    call: async (world) => ({
      input: { body: { account_id: (await world.newcomer('member')).member.accountId } },
    }),
  },
  createAttachment: {
    stranger: 'not found',
    call: async (...who) => ({
      input: { body: { room_id: (await roomOf(...who)).room_id, filename: 'a.txt', size: 3 } },
    }),
  },
  completeAttachment: { stranger: 'not found', call: uploaded },
  getRoom: { stranger: 'not found', call: inRoom },
  updateRoom: {
    stranger: 'not found',
    call: async (...who) => ({
      input: { path: await roomLedBy(...who), body: { version: 1, name: 'Renamed' } },
    }),
  },
  joinRoom: {
    stranger: 'not found',
    call: async (world) => {
      const { id } = await world.owner.call('createRoom', { body: newRoom(world) })
      return { input: { path: { room_id: id } } }
    },
  },
  updateRoomMembership: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: await roomOf(...who), body: { pinned: true } } }),
  },
  listRoomMembers: { stranger: 'not found', call: inRoom },
  addRoomMember: {
    stranger: 'not found',
    call: async (world, caller) => ({
      input: {
        path: await roomLedBy(world, caller),
        body: { account_id: (await world.newcomer('member')).member.accountId },
      },
    }),
  },
  updateRoomMember: {
    stranger: 'not found',
    call: async (world, caller) => {
      const path = await roomLedBy(world, caller)
      const newcomer = await world.newcomer('member')
      await newcomer.client.call('joinRoom', { path })
      return {
        input: { path: { ...path, account_id: newcomer.member.accountId }, body: { role: 'moderator' } },
      }
    },
  },
  removeRoomMember: {
    stranger: 'not found',
    call: async (world, caller) => {
      const path = await roomLedBy(world, caller)
      const newcomer = await world.newcomer('member')
      await newcomer.client.call('joinRoom', { path })
      return { input: { path: { ...path, account_id: newcomer.member.accountId } } }
    },
  },
  markRoomRead: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: await roomOf(...who), body: { sequence: 1 } } }),
  },
  markRoomDelivered: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: await roomOf(...who), body: { sequence: 1 } } }),
  },
  listRoomReceipts: { stranger: 'not found', call: inRoom },
  listMessages: { stranger: 'not found', call: inRoom },
  sendMessage: {
    stranger: 'not found',
    call: async (world, caller) => ({
      input: {
        path: await roomOf(world, caller),
        body: {
          id: newId(),
          body: 'Look at **this**',
          citations: [{ book_id: world.book.id, locator, quote: { exact: 'A book like no other' } }],
        },
      },
    }),
  },
  listRoomChanges: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: await roomOf(...who), query: { after: 0 } } }),
  },
  getMessage: { stranger: 'not found', call: ofMessage },
  updateMessage: {
    stranger: 'not found',
    call: async (...who) => ({
      input: { path: await messageOf(...who), body: { version: 1, body: 'A better thought' } },
    }),
  },
  deleteMessage: { stranger: 'not found', call: ofMessage },
  listMessageVersions: { stranger: 'not found', call: ofMessage },
  addReaction: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: { ...(await messageOf(...who)), emoji: '👍' } } }),
  },
  removeReaction: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: { ...(await messageOf(...who)), emoji: '👍' } } }),
  },
  exportRoom: {
    stranger: 'not found',
    call: async (...who) => ({
      input: { path: await roomOf(...who), query: { format: 'markdown' } },
    }),
  },
}
