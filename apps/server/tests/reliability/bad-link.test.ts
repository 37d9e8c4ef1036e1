import { setTimeout as delay } from 'node:timers/promises'
import { uuidv7 } from '@stoa/kernel'
import { createClient } from '@stoa/sdk'
import { Dice } from '@stoa/testkit/books/random'
import { accessToken, createTenant, type TestTenant } from '@stoa/testkit/identity'
import { rounds } from '@stoa/testkit/long'
import { TcpLink } from '@stoa/testkit/netlab/tcp-link'
import { Editor, writtenState } from '@stoa/testkit/people/editor'
import { Speaker } from '@stoa/testkit/people/speaker'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 240_000 })

let stoa: TestProgram
let ours: TestTenant

beforeAll(async () => {
  stoa = await startProgram()
  ours = await createTenant(stoa.db)
})
afterAll(() => stoa.close())

/** Three editors of one document and three speakers in one room; requests and sockets go over the link. */
async function people(link: TcpLink, dice: Dice) {
  const { tenantId, workspaceId, owner } = ours
  const { statesync } = stoa.program.capabilities.realtime
  const { document } = await statesync.createDocument({ tenantId, workspaceId, userId: owner.accountId })
  const documentId = document?.documentId ?? ''
  const roomId = uuidv7()
  const tokens = { get: () => accessToken(stoa, owner) }
  const direct = createClient({ baseUrl: stoa.url, tokens })
  await direct.call('createRoom', { body: { id: roomId, workspace_id: workspaceId, name: 'Salon' } })
  const client = createClient({ baseUrl: link.url, tokens })
  const shared = { client, tokens, baseUrl: link.url, dice }
  const editors = ['a', 'b', 'c'].map((name) => new Editor({ ...shared, name, documentId }))
  const speakers = ['d', 'e', 'f'].map((name) => new Speaker({ ...shared, name, roomId }))
  await Promise.all([...editors.map(({ session }) => session.start()), ...speakers.map((one) => one.start())])
  await until('all are in', () => editors.every(({ session }) => session.state.synced))
  const stored = async () =>
    writtenState(
      (await statesync.getDocument({ tenantId, documentId, stateVector: new Uint8Array([0]) })).state,
    )
  const messages = () =>
    direct.call('listMessages', { path: { room_id: roomId }, query: { limit: 200, after: 0 } })
  return { editors, speakers, stored, messages }
}

/** What happens to the link for a while. */
async function misfortunes(link: TcpLink, dice: Dice): Promise<void> {
  for (let n = dice.between(4, 10); n > 0; n--) {
    await delay(dice.between(10, 200))
    const kind = dice.pick(['cut', 'cut some', 'stall', 'stall and cut'] as const)
    if (kind === 'cut some') link.cut(0.5)
    else if (kind === 'cut') link.cut()
    else {
      link.stall()
      await delay(dice.between(50, 400))
      if (kind === 'stall and cut') link.cut(0.7)
      link.resume()
    }
  }
}

const seeds = Array.from({ length: rounds({ short: 3, long: 50 }) }, (_, n) => n + 1)

test.each(seeds)('over a link that delays, stalls and cuts, all come to the same (seed %i)', async (seed) => {
  const dice = new Dice(seed)
  await using link = await TcpLink.open({ target: stoa.url, seed, delayMs: [0, 20] })
  const { editors, speakers, stored, messages } = await people(link, dice)
  const typing = setInterval(() => dice.pick(editors).type(), 7)
  const talking = setInterval(() => dice.pick(speakers).say(), 60)
  await misfortunes(link, dice)
  clearInterval(typing)
  clearInterval(talking)
  for (const { session } of editors) session.reconnect()
  for (const { topics } of speakers) topics.reconnect()

  const typed = editors.flatMap((one) => one.typed).sort()
  const said = speakers.reduce((sum, one) => sum + one.said, 0)
  const held = (one: Speaker) => one.room.timeline.known()
  await until(
    'everything typed is saved and everywhere',
    () => editors.every((one) => one.settled && one.written.words.length === typed.length),
    60_000,
  )
  await until(
    'everything said is confirmed and everywhere',
    () => speakers.every((one) => one.settled && held(one).length === said),
    60_000,
  )
  const document = await stored()
  expect([...document.words].sort()).toEqual(typed)
  for (const { written } of editors) expect(written).toEqual(document)
  const room = (await messages()).items.map(({ id }) => id)
  expect(room).toHaveLength(said)
  for (const one of speakers) {
    expect(held(one).map(({ id }) => id)).toEqual(room)
    expect(one.shown).toEqual([...new Set(one.shown)].sort((a, b) => a - b))
    expect([...one.confirmed].every((id) => room.includes(id))).toBe(true)
  }
  await Promise.all([...editors, ...speakers].map((one) => one.stop()))
})
