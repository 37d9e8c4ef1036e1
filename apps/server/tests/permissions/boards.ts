import { putBoardMedia } from '@stoa/testkit/board-media'
import type { SomeFixtures } from './fixture.ts'
import type { Caller, World } from './world.ts'

type BoardOperation =
  | 'listBoards'
  | 'createBoard'
  | 'getBoard'
  | 'updateBoard'
  | 'listPosts'
  | 'createPost'
  | 'getPost'
  | 'fetchPost'
  | 'keepPost'
  | 'releasePost'
  | 'updatePost'
  | 'deletePost'
  | 'listComments'
  | 'createComment'
  | 'updateComment'
  | 'listModeration'
  | 'moderateBoard'
  | 'getAuthor'
  | 'listAuthorPosts'
  | 'getAuthorKey'
  | 'rotateAuthorKey'
  | 'exportAuthorKey'
  | 'createBoardMedia'
  | 'completeBoardMedia'
  | 'getContentDiagnostics'
  | 'listContentFetches'
  | 'listContentSamples'
  | 'retryContentFetch'

/** A PNG of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

async function boardOf(world: World): Promise<{ board_id: string }> {
  const { id } = await world.owner.call('createBoard', { body: { title: 'Reading group' } })
  return { board_id: id }
}

async function postOf(world: World, caller: Caller): Promise<{ board_id: string; post_id: string }> {
  const path = await boardOf(world)
  const body = { title: 'Week 3', text: 'A thought' }
  const { id } = await caller.client.call('createPost', { path, body })
  return { ...path, post_id: id }
}

/** A board on which the caller may keep order. */
async function boardLedBy(world: World, caller: Caller): Promise<{ board_id: string; post_id: string }> {
  const path = await postOf(world, caller)
  const { author_id } = await caller.client.call('getAuthorKey')
  if (caller !== world.ours.owner) {
    const body = { action: 'grant' as const, author_id, role: 'moderator' as const }
    await world.owner.call('moderateBoard', { path, body })
  }
  return path
}

const onBoard = async (world: World) => ({ input: { path: await boardOf(world) } })
const onPost = async (world: World, caller: Caller) => ({ input: { path: await postOf(world, caller) } })
const ofAuthor = async (world: World, caller: Caller) => {
  await postOf(world, caller)
  const { author_id } = await caller.client.call('getAuthorKey')
  return { input: { path: { author_id } } }
}

export const boards: SomeFixtures<BoardOperation> = {
  listBoards: { stranger: 'own data', call: () => ({ input: {} }) },
  createBoard: { stranger: 'own data', call: () => ({ input: { body: { title: 'Reading group' } } }) },
  getBoard: { stranger: 'not found', call: onBoard },
  updateBoard: {
    stranger: 'not found',
    call: async (_, caller) => {
      const { id } = await caller.client.call('createBoard', { body: { title: 'Reading group' } })
      return { input: { path: { board_id: id }, body: { reach: 'public' as const } } }
    },
  },
  listPosts: { stranger: 'not found', call: onBoard },
  createPost: {
    stranger: 'not found',
    call: async (world) => ({
      input: { path: await boardOf(world), body: { title: 'Week 3', text: 'A thought' } },
    }),
  },
  getPost: { stranger: 'not found', call: onPost },
  fetchPost: { stranger: 'not found', call: onPost },
  keepPost: { stranger: 'not found', call: onPost },
  releasePost: { stranger: 'not found', call: onPost },
  updatePost: {
    stranger: 'not found',
    call: async (...who) => ({
      input: { path: await postOf(...who), body: { title: 'Week 4', text: 'Another' } },
    }),
  },
  deletePost: { stranger: 'not found', call: onPost },
  listComments: { stranger: 'not found', call: onPost },
  createComment: {
    stranger: 'not found',
    call: async (...who) => ({ input: { path: await postOf(...who), body: { text: 'Well said' } } }),
  },
  updateComment: {
    stranger: 'not found',
    call: async (world, caller) => {
      const { board_id, post_id } = await postOf(world, caller)
      const path = { board_id, post_id }
      const { id } = await caller.client.call('createComment', { path, body: { text: 'Well said' } })
      return { input: { path: { board_id, comment_id: id }, body: { text: 'Better said' } } }
    },
  },
  listModeration: { stranger: 'not found', call: onBoard },
  moderateBoard: {
    stranger: 'not found',
    call: async (...who) => {
      const { board_id, post_id } = await boardLedBy(...who)
      return { input: { path: { board_id }, body: { action: 'pin' as const, target_id: post_id } } }
    },
  },
  getAuthor: { stranger: 'not found', call: ofAuthor },
  listAuthorPosts: { stranger: 'not found', call: ofAuthor },
  getAuthorKey: { stranger: 'own data', call: () => ({ input: {} }) },
  rotateAuthorKey: { stranger: 'own data', call: () => ({ input: {} }) },
  exportAuthorKey: { stranger: 'own data', call: () => ({ input: {} }) },
  createBoardMedia: { stranger: 'own data', call: () => ({ input: { body: { size: 3 } } }) },
  completeBoardMedia: {
    stranger: 'not found',
    call: async (_, { client, baseUrl }) => ({
      input: await putBoardMedia(client, baseUrl, Buffer.from(PIXEL, 'base64')),
    }),
  },
  getContentDiagnostics: { stranger: 'own data', call: () => ({ input: {} }) },
  listContentFetches: { stranger: 'own data', call: () => ({ input: {} }) },
  listContentSamples: { stranger: 'own data', call: () => ({ input: {} }) },
  retryContentFetch: {
    stranger: 'not found',
    call: async (world) => {
      const path = await boardOf(world)
      const body = { title: 'Week 3', text: 'A thought of its own' }
      const { content_cid } = await world.owner.call('createPost', { path, body })
      return { input: { body: { content_cid } } }
    },
  },
}
