import { uuidv7 } from '@stoa/kernel'
import { accessToken } from '@stoa/testkit/identity'
import { type Signed, type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listRooms, say, tail } from '../commands/rooms.ts'
import { search } from '../commands/search.ts'
import { goLive } from '../live/live.ts'
import { Chat } from './chat.ts'

let stoa: TestProgram
let ours: SignedTenant
beforeAll(async () => {
  stoa = await startProgram()
  ours = await signedTenant(stoa)
  const body = { id: uuidv7(), workspace_id: ours.workspaceId, name: 'Walden' }
  await ours.owner.client.call('createRoom', { body })
})
afterAll(() => stoa?.close())

/** Somebody at a terminal. */
function terminal({ client }: Signed) {
  const printed: string[] = []
  const chat = new Chat(client, (text) => printed.push(text))
  const type = async (line: string) => {
    printed.length = 0
    await chat.handle(line)
    return printed.join('\n')
  }
  const wait = async () => {
    printed.length = 0
    await chat.room?.refresh()
    await chat.news()
    return printed.join('\n')
  }
  return { chat, type, wait }
}

test('two people talk, answer, react, edit and remove in their terminals', async () => {
  const anna = terminal(ours.owner)
  const teo = terminal(ours.member)
  expect(await anna.type('/rooms')).toContain('# Walden')
  expect(await teo.type('/rooms')).toContain('# Walden  (not joined)')
  await anna.type('/open wald')
  await teo.type('/open Walden')
  expect(anna.chat.prompt).toBe('Walden> ')

  expect(await anna.type('A noble exercise for whom?')).toMatch(
    /^1 {2}\d\d:\d\d {2}owner .*\n {4}A noble exercise for whom\?$/,
  )
  expect(await teo.wait()).toContain('A noble exercise for whom?')
  expect(await teo.wait()).toBe('')
  await teo.type(`/reply 1 For whoever cooks, @${ours.owner.displayName}`)
  expect(await anna.wait()).toContain(`↪\n    For whoever cooks, @${ours.owner.displayName}`)
  expect(await anna.type('/mentions')).toContain('in Walden:')
  expect(await anna.type('/thread 1')).toContain('(1 reply)')
  await anna.type('/react 2 👍')
  expect(await teo.wait()).toContain('👍 1')
  await teo.type('/edit 2 For everybody')
  expect(await anna.wait()).toContain('(edited)\n    For everybody')
  await teo.type('/delete 2')
  expect(await anna.wait()).toContain('(removed)')
  expect(await anna.type('/search exercise')).toContain('message: Walden (message 1)')
  await expect(anna.type('/dance')).rejects.toMatchObject({ code: 'cli.usage' })
  await expect(anna.type('/reply 99 x')).rejects.toMatchObject({ code: 'cli.usage' })
  expect(await anna.chat.handle('/quit')).toBe(false)
})

test('a conversation of two is opened by name', async () => {
  const anna = terminal(ours.owner)
  await anna.type(`/with @${ours.guest.displayName}`)
  await anna.type('Between us')
  const guest = terminal(ours.guest)
  expect(await guest.type('/rooms')).toContain(`@ ${ours.owner.displayName}  1 new`)
  expect(await guest.type(`/open ${ours.owner.displayName}`)).toContain('Between us')
})

test('commands for scripts say, list, follow and find; escape sequences of others are not printed', async () => {
  const { client } = ours.member
  const printed: string[] = []
  const print = (text: string) => printed.push(text)
  await say(client, 'walden', 'before \u001b]0;owned\u0007 after xylem', print)
  await listRooms(client, {}, print)
  const stopped = new AbortController()
  const token = await accessToken(stoa, ours.member)
  const tokens = { get: async () => token, renew: async () => token }
  const account = { origin: stoa.url, client, tokens }
  using live = await goLive(account, { transport: 'websocket', note: () => {} })
  const following = tail(client, 'Walden', { lines: 5, live, signal: stopped.signal }, (text) => {
    printed.push(text)
    if (text.includes('the last one')) stopped.abort()
  })
  await say(ours.owner.client, 'Walden', 'the last one', () => {})
  await following
  const all = printed.join('\n')
  expect(all).toContain('before ]0;owned after xylem')
  expect(all).not.toContain('\u001b')
  expect(await search(['xylem'], client, print)).toBe(0)
  expect(await search(['nowhere-to-be-found'], client, print)).toBe(1)
})
