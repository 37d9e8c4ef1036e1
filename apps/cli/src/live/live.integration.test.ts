import { createSocket, type Socket } from 'node:dgram'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLOSE } from '@stoa/contracts/realtime'
import { uuidv7 } from '@stoa/kernel'
import { type Signed, type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { say } from '../commands/rooms.ts'
import { type Running, startStoa, stoa } from '../testing.ts'

/** A server with a UDP port, and one whose UDP port cannot be reached: what is sent there is swallowed. */
let open: TestProgram
let barred: TestProgram
let hole: Socket
let offersHole = true
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-cli-live-'))
  hole = createSocket('udp4')
  await new Promise<void>((resolve) => hole.bind(0, '127.0.0.1', resolve))
  const offer = { port: hole.address().port, key: 'A'.repeat(43) }
  open = await startProgram({ config: (config) => ({ ...config, quantum: { host: '127.0.0.1', port: 0 } }) })
  barred = await startProgram({
    overrides: { house: { quantumOffer: () => (offersHole ? offer : undefined) } },
  })
})
afterAll(async () => {
  await open?.close()
  await barred?.close()
  hole.close()
  await rm(folder, { recursive: true, force: true })
})

/** An organisation with a room, and a terminal at which its member is signed in. */
async function terminal(server: TestProgram) {
  const ours = await signedTenant(server)
  const room = { id: uuidv7(), workspace_id: ours.workspaceId, name: 'Walden' }
  await ours.owner.client.call('createRoom', { body: room })
  const { email } = ours.member
  const environment = { STOA_URL: server.url, XDG_CONFIG_HOME: await mkdtemp(join(folder, 'config-')) }
  const link = await server.program.capabilities.identity.terminalSignInLink({ baseUrl: server.url, email })
  expect(await stoa(['sign-in', link.url], environment)).toMatchObject({ code: 0 })
  const tail = (...options: string[]) => {
    const running = startStoa(['tail', 'Walden', '--follow', '--verbose', ...options], environment)
    onTestFinished(async () => void (await running.interrupt()))
    return running
  }
  return { ours, environment, tail }
}

const connectedBy = (one: Running, name: string) =>
  until(`it is connected by ${name}`, () => one.printed.stderr.includes(`Connected by ${name}`))

async function hears(one: Running, { owner }: Pick<SignedTenant, 'owner'>, text: string): Promise<void> {
  await say(owner.client, 'Walden', text, () => {})
  await until(`it hears ${text}`, () => one.printed.stdout.includes(text))
}

async function revokeTerminal({ client }: Signed): Promise<void> {
  const { items } = await client.call('listSessions', {})
  const session = items.find(({ device_name }) => device_name.startsWith('stoa, '))
  await client.call('revokeSession', { path: { session_id: session?.id ?? '' } })
}

test('stoa tail hears over Quantum what is said, until Ctrl-C', async () => {
  const { ours, tail } = await terminal(open)
  const one = tail('--transport', 'quantum')
  await connectedBy(one, 'Quantum (UDP)')
  await hears(one, ours, 'The first over UDP')
  await hears(one, ours, 'The second')
  expect(one.printed.stderr).not.toContain('WebSocket')
  const { code, stdout } = await one.interrupt()
  expect(code).toBe(0)
  expect(stdout.match(/The first over UDP/g)).toHaveLength(1)
})

test('where UDP is barred it goes by WebSocket, and loses nothing that is said meanwhile', async () => {
  const { ours, tail } = await terminal(barred)
  await say(ours.owner.client, 'Walden', 'Said before', () => {})
  const one = tail()
  await until('it shows the end of the room', () => one.printed.stdout.includes('Said before'))
  await say(ours.owner.client, 'Walden', 'Said while it tries', () => {})
  await connectedBy(one, 'WebSocket')
  await hears(one, ours, 'Said after')
  expect(one.printed.stdout.match(/Said (before|while it tries|after)/g)).toEqual([
    'Said before',
    'Said while it tries',
    'Said after',
  ])
  expect(one.printed.stderr).not.toContain('Quantum')
})

test('a session that is revoked is closed over Quantum within seconds, and the command says so', async () => {
  const { ours, tail } = await terminal(open)
  const one = tail('--transport', 'quantum')
  await connectedBy(one, 'Quantum (UDP)')
  await hears(one, ours, 'Still here')
  const revokedAt = performance.now()
  await revokeTerminal(ours.member)
  await until('it is closed', () =>
    one.printed.stderr.includes(`The connection ended (${CLOSE.unauthenticated})`),
  )
  expect(performance.now() - revokedAt).toBeLessThan(5_000)
  expect(await one.ended).toMatchObject({ code: 2, stderr: expect.stringContaining('Not signed in at') })
})

test('Quantum alone is refused where the server has none; a WebSocket is there always', async () => {
  const { ours, environment, tail } = await terminal(barred)
  offersHole = false
  onTestFinished(() => {
    offersHole = true
  })
  expect(await stoa(['tail', 'Walden', '--follow', '--transport', 'quantum'], environment)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('STOA_QUANTUM_PORT'),
  })
  for (const options of [[], ['--transport', 'websocket']]) {
    const one = tail(...options)
    await connectedBy(one, 'WebSocket')
    await hears(one, ours, `By ${options.length}`)
  }
})
