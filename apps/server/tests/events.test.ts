import { uuidv7 } from '@stoa/kernel'
import { ApiError, type Client, createClient, type StreamEvent } from '@stoa/sdk'
import { accessToken, createTenant, type TestMember, type TestTenant } from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'

let stoa: TestProgram
let ours: TestTenant
let theirs: TestTenant

beforeAll(async () => {
  stoa = await startProgram()
  ours = await createTenant(stoa.db)
  theirs = await createTenant(stoa.db)
})
afterAll(() => stoa.close())

async function clientOf(member: TestMember): Promise<Client> {
  const token = await accessToken(stoa, member)
  return createClient({ baseUrl: stoa.url, tokens: { get: () => token } })
}

const noteOf = (visibility: 'private' | 'workspace') => ({
  body: { id: uuidv7(), workspace_id: ours.workspaceId, body: 'A thought', visibility },
})

/** Everything a client hears from now on; `heard` waits until it has heard a note. */
async function listen(client: Client, lastEventId?: string) {
  const leaving = new AbortController()
  const events: StreamEvent[] = []
  const ready = Promise.withResolvers<void>()
  const ended = (async () => {
    const options = { signal: leaving.signal, ...(lastEventId === undefined ? {} : { lastEventId }) }
    for await (const event of client.events(options)) {
      if (event.type === 'ready') ready.resolve()
      else events.push(event)
    }
  })()
  ended.catch(ready.reject)
  await ready.promise
  const notes = () =>
    events.filter(({ type }) => type === 'note.created').map(({ payload }) => payload.note_id)
  const heard = (id: string) => until(`hearing of ${id}`, () => notes().includes(id))
  return { events, notes, heard, ended, leave: () => leaving.abort() }
}

test('what one member does reaches the others at once, as far as they may see it', async () => {
  const [member, guest, stranger] = await Promise.all([
    clientOf(ours.member),
    clientOf(ours.guest),
    clientOf(theirs.owner),
  ])
  const [mine, other, outside] = await Promise.all([listen(member), listen(guest), listen(stranger)])
  const secret = await member.call('createNote', noteOf('private'))
  const shared = await member.call('createNote', noteOf('workspace'))
  await Promise.all([mine.heard(shared.id), other.heard(shared.id)])
  expect(mine.notes()).toEqual([secret.id, shared.id])
  expect(other.notes()).toEqual([shared.id])
  expect(outside.events).toEqual([])
  for (const one of [mine, other, outside]) one.leave()
})

test('who comes back hears what was missed, once and in order', async () => {
  const owner = await clientOf(ours.owner)
  const before = await listen(owner)
  const first = await owner.call('createNote', noteOf('workspace'))
  await before.heard(first.id)
  before.leave()
  const last = before.events.at(-1)?.id
  const missed = [
    await owner.call('createNote', noteOf('workspace')),
    await owner.call('createNote', noteOf('workspace')),
  ]
  const after = await listen(owner, last)
  const live = await owner.call('createNote', noteOf('workspace'))
  await after.heard(live.id)
  expect(after.notes()).toEqual([...missed, live].map(({ id }) => id))
  after.leave()
})

test('a session that is ended hears nothing more, and cannot come back', async () => {
  const client = await clientOf(ours.admin)
  const stream = await listen(client)
  await client.call('revokeSession', { path: { session_id: ours.admin.context.sessionId } })
  await expect(stream.ended).rejects.toBeInstanceOf(ApiError)
  await expect(stream.ended).rejects.toMatchObject({ status: 401 })
})

test('one account may open only so many streams', async () => {
  const token = await accessToken(stoa, ours.guest)
  const leaving = new AbortController()
  const open = () =>
    fetch(`${stoa.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal,
    })
  const replies = await Promise.all(Array.from({ length: 25 }, open))
  const statuses = replies.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(20)
  expect(statuses.filter((status) => status === 429)).toHaveLength(5)
  leaving.abort()
  await until('the streams are closed', async () => {
    const again = await fetch(`${stoa.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } })
    await again.body?.cancel()
    return again.status === 200
  })
})

test('a program that stops does not wait for those who listen', async () => {
  await using other = await startProgram()
  const tenant = await createTenant(other.db)
  const token = await accessToken(other, tenant.owner)
  const reply = await fetch(`${other.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } })
  const reader = reply.body?.getReader()
  await reader?.read()
  const started = performance.now()
  await other.program.stop()
  expect(performance.now() - started).toBeLessThan(9000)
  await reader?.cancel().catch(() => {})
})
