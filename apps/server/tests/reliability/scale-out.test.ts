import { StateSyncService } from '@stoa/contracts/statesync'
import { uuidv7 } from '@stoa/kernel'
import { createClient } from '@stoa/sdk'
import { grpcClient } from '@stoa/server/platform/rpc/grpc-client.ts'
import { Dice } from '@stoa/testkit/books/random'
import { type Constellation, type StateSyncProcess, startConstellation } from '@stoa/testkit/constellation'
import { accessToken, createTenant, type TestMember, type TestTenant } from '@stoa/testkit/identity'
import { TcpLink } from '@stoa/testkit/netlab/tcp-link'
import { Editor } from '@stoa/testkit/people/editor'
import { Speaker } from '@stoa/testkit/people/speaker'
import { redisAvailability } from '@stoa/testkit/redis'
import { systemPostgresPrograms } from '@stoa/testkit/system-postgres'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'

const redis = await redisAvailability()
const postgres = (await systemPostgresPrograms()) !== undefined
const why = redis.available ? (postgres ? '' : ' (skipped: no PostgreSQL)') : ` (skipped: ${redis.reason})`
const RECOVERED_MS = 60_000

describe.skipIf(!redis.available || !postgres)(`two gateways, two StateSync, Redis, PostgreSQL${why}`, () => {
  vi.setConfig({ testTimeout: 240_000 })
  const dice = new Dice(7)
  let stoa: Constellation
  let ours: TestTenant

  beforeAll(async () => {
    stoa = await startConstellation()
    ours = await createTenant(stoa.db)
  }, 240_000)
  afterAll(() => stoa?.[Symbol.asyncDispose]())

  const tokensOf = (member: TestMember) => ({ get: () => accessToken(stoa, member) })
  const clientOf = (member: TestMember) => createClient({ baseUrl: stoa.url, tokens: tokensOf(member) })

  async function newDocument(): Promise<string> {
    const { tenantId, workspaceId, owner } = ours
    const { statesync } = stoa.program.capabilities.realtime
    const { document } = await statesync.createDocument({ tenantId, workspaceId, userId: owner.accountId })
    return document?.documentId ?? ''
  }

  async function editor(
    documentId: string,
    baseUrl: string,
    member: TestMember,
    name: string,
  ): Promise<Editor> {
    const one = new Editor({ name, client: clientOf(member), baseUrl, documentId, dice })
    onTestFinished(() => one.stop())
    await one.session.start()
    await until(`${name} is in`, () => one.session.state.synced, RECOVERED_MS)
    return one
  }

  async function newRoom(): Promise<string> {
    const id = uuidv7()
    const body = { id, workspace_id: ours.workspaceId, name: 'Salon' }
    await clientOf(ours.owner).call('createRoom', { body })
    return id
  }

  async function speaker(
    roomId: string,
    baseUrl: string,
    member: TestMember,
    name: string,
  ): Promise<Speaker> {
    const [client, tokens] = [clientOf(member), tokensOf(member)]
    if (member !== ours.owner) await client.call('joinRoom', { path: { room_id: roomId } })
    const one = new Speaker({ name, client, tokens, baseUrl, roomId, dice })
    onTestFinished(() => one.stop())
    await one.start()
    await until(`${name} is in`, () => one.present.has(member.accountId), RECOVERED_MS)
    return one
  }

  /** The process that has the document open. */
  async function ownerOf(documentId: string): Promise<StateSyncProcess> {
    const [row] = await stoa.db.sql<{ address: string }>(
      `select o.address from stoa.statesync_documents d join stoa.statesync_owners o on o.id = d.owner_id where d.id = $1`,
      [documentId],
    )
    const found = stoa.statesync.find(({ address }) => address === row?.address)
    if (found === undefined) throw new Error('nobody owns the document')
    return found
  }

  const gatewayUrl = (n: 0 | 1) => stoa.gateways[n]?.url ?? ''

  /** Two editors and two speakers, one of each at each gateway. */
  async function everybody(first = gatewayUrl(0), second = gatewayUrl(1)) {
    const [documentId, roomId] = [await newDocument(), await newRoom()]
    const editors = [
      await editor(documentId, first, ours.owner, 'a'),
      await editor(documentId, second, ours.member, 'b'),
    ]
    const speakers = [
      await speaker(roomId, first, ours.owner, 'c'),
      await speaker(roomId, second, ours.member, 'd'),
    ]
    const act = () => {
      for (const one of editors) one.type()
      for (const one of speakers) one.say()
    }
    return { documentId, roomId, editors, speakers, act }
  }
  type Everybody = Awaited<ReturnType<typeof everybody>>

  /** Acts the whole time while something breaks, and some more after it. */
  async function acting(people: Everybody, breakIt: () => Promise<void>): Promise<void> {
    const busy = setInterval(people.act, 50)
    try {
      await until('work is under way', () => people.editors.every(({ saved }) => saved.length > 3))
      await breakIt()
      people.act()
    } finally {
      clearInterval(busy)
    }
    await allSettled(people)
  }

  /** Everything is saved, confirmed, everywhere, in the same order, and once. */
  async function allSettled({ editors, speakers }: Everybody): Promise<void> {
    const typed = editors.flatMap((one) => one.typed).sort()
    await until(
      'every edit is saved and everywhere',
      () => editors.every((one) => one.settled && one.written.words.length === typed.length),
      RECOVERED_MS,
    )
    for (const { written } of editors) expect(written).toEqual(editors[0]?.written)
    expect([...(editors[0]?.written.words ?? [])].sort()).toEqual(typed)
    const said = speakers.reduce((sum, one) => sum + one.said, 0)
    const held = (one: Speaker) => one.room.timeline.known()
    await until(
      'every message is confirmed and everywhere',
      () => speakers.every((one) => one.settled && held(one).length === said),
      RECOVERED_MS,
    )
    for (const one of speakers) {
      expect(held(one).map(({ sequence }) => sequence)).toEqual(Array.from({ length: said }, (_, n) => n + 1))
      expect(one.shown).toEqual([...new Set(one.shown)].sort((a, b) => a - b))
    }
  }

  test('people at different gateways see what the others write and say, where they are, and that they type', async () => {
    const people = await everybody()
    const [a, b] = people.editors as [Editor, Editor]
    const [c, d] = people.speakers as [Speaker, Speaker]
    for (let n = 0; n < 5; n++) people.act()
    await allSettled(people)
    a.awareness.setLocalStateField('caret', 7)
    await until('b sees where a is', () => b.awareness.getStates().get(a.doc.clientID)?.caret === 7)
    const late = await editor(people.documentId, gatewayUrl(1), ours.admin, 'late')
    await until('who comes later sees it, too', () => late.awareness.getStates().has(a.doc.clientID))
    await a.session.stop()
    await until('b sees a leave', () => !b.awareness.getStates().has(a.doc.clientID))
    await until('c and d see each other', () => c.present.size === 2 && d.present.size === 2)
    c.topics.signal(`room:${people.roomId}`, 'typing', { on: true })
    await until('d sees c type', () => d.signals[0])
    expect(d.signals).toEqual([{ type: 'typing', accountId: ours.owner.accountId }])
    await c.stop()
    await until('d sees c leave', () => !d.present.has(ours.owner.accountId))
  })

  test('each document has one owner, whoever is asked; documents are spread', async () => {
    const addresses = new Set<string>()
    // A hash of the document decides, a coin: that one process gets all of 40 does not happen.
    for (let n = 0; n < 40 && (n < 12 || addresses.size < 2); n++) {
      const documentId = await newDocument()
      const ids = { tenantId: ours.tenantId, documentId, stateVector: new Uint8Array([0]) }
      await stoa.program.capabilities.realtime.statesync.getDocument(ids)
      const { address } = await ownerOf(documentId)
      addresses.add(address)
      const other = stoa.statesync.find((one) => one.address !== address)
      const direct = grpcClient(StateSyncService, {
        target: other?.address ?? '',
        token: 'a secret among ourselves',
      })
      const refused = await direct.client.getDocument(ids).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'document.moved', details: { address } })
      direct.close()
    }
    expect(addresses.size).toBe(2)
  })

  test('the owner is killed: another process takes over, clients notice nothing but a pause', async () => {
    const people = await everybody()
    const owner = await ownerOf(people.documentId)
    await acting(people, async () => {
      await owner.program.kill()
      await until(
        'it has another owner',
        async () => (await ownerOf(people.documentId)) !== owner,
        RECOVERED_MS,
      )
    })
    const metrics = await (await fetch(`${gatewayUrl(0)}/metrics`)).text()
    expect(metrics).toMatch(
      /stoa_rpc_circuits_opened_total\{service="aetherflow.statesync.v1.StateSyncService"\} [1-9]/,
    )
    await stoa.revive(owner)
    people.act()
    await allSettled(people)
  })

  test('an owner that was stopped and wakes up again can write nothing any more', async () => {
    const people = await everybody()
    const owner = await ownerOf(people.documentId)
    await acting(people, async () => {
      process.kill(owner.program.pid, 'SIGSTOP')
      try {
        // Its clients wait for it; who asks somebody else is served as soon as it counts as dead.
        const other = stoa.statesync.find((one) => one !== owner)
        const direct = grpcClient(StateSyncService, {
          target: other?.address ?? '',
          token: 'a secret among ourselves',
        })
        const ids = {
          tenantId: ours.tenantId,
          documentId: people.documentId,
          stateVector: new Uint8Array([0]),
        }
        await until(
          'another has taken over',
          () => direct.client.getDocument(ids).catch(() => undefined),
          RECOVERED_MS,
        )
        direct.close()
      } finally {
        process.kill(owner.program.pid, 'SIGCONT')
      }
    })
    expect(await ownerOf(people.documentId)).not.toBe(owner)
  })

  test('a gateway is killed: its clients go on at another, and are seen once', async () => {
    const link = await TcpLink.open({ target: gatewayUrl(0) })
    onTestFinished(() => link[Symbol.asyncDispose]())
    const people = await everybody(link.url)
    await acting(people, async () => {
      await stoa.gateways[0]?.kill()
      link.target = gatewayUrl(1)
    })
    await until(
      'both are there',
      () => people.speakers.every(({ present }) => present.size === 2),
      RECOVERED_MS,
    )
  })

  test('Redis is restarted: nothing is lost, presence comes back', async () => {
    const gateway = await stoa.startGateway()
    const people = await everybody(gateway.url)
    await acting(people, () => stoa.redis.restart())
    const [c, d] = people.speakers as [Speaker, Speaker]
    await until(
      'typing is seen again',
      () => {
        c.topics.signal(`room:${people.roomId}`, 'typing', { on: true })
        return d.signals.length > 0
      },
      RECOVERED_MS,
    )
  })

  test('PostgreSQL is restarted: what was typed and said meanwhile is kept when it is back', async () => {
    const gateway = await stoa.startGateway()
    const people = await everybody(gateway.url)
    await acting(people, () => stoa.postgres.restart())
  })
})
