import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import {
  type Client,
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  type ServiceClientConstructor,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import { StateSyncService } from '@stoa/contracts/statesync'
import { uuidv7 } from '@stoa/kernel'
import { grpcClient } from '@stoa/server/platform/rpc/grpc-client.ts'
import { createTenant, type TestTenant } from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'

const require = createRequire(import.meta.url)
const fromHealthCheck = createRequire(require.resolve('grpc-health-check'))
const { loadSync } = fromHealthCheck('@grpc/proto-loader') as {
  loadSync(file: string, options: object): Parameters<typeof loadPackageDefinition>[0]
}

let stoa: TestProgram
let tenant: TestTenant
let address = ''

beforeAll(async () => {
  stoa = await startProgram({ config: (config) => ({ ...config, rpc: { ...config.rpc, port: 0 } }) })
  tenant = await createTenant(stoa.db)
  address = stoa.program.rpcAddress ?? ''
})
afterAll(() => stoa.close())

const PROTO = fileURLToPath(new URL('../../../contracts/proto', import.meta.url))

type Call = (request: object, ...rest: unknown[]) => void

/** A client as the grpc-js README has it: proto-loader, no code of ours. */
function stockClient(
  file: string,
  path: readonly string[],
  includeDirs = [PROTO],
): Record<string, Call> & Client {
  const loaded = loadPackageDefinition(
    loadSync(file, { includeDirs, longs: Number, keepCase: true, defaults: true }),
  )
  let at: unknown = loaded
  for (const name of path) at = (at as GrpcObject)[name]
  const client = new (at as ServiceClientConstructor)(address, credentials.createInsecure())
  onTestFinished(() => client.close())
  return client as unknown as Record<string, Call> & Client
}

const ask = <T>(client: Record<string, Call>, method: string, request: object): Promise<T> =>
  new Promise((resolve, reject) =>
    client[method]?.(request, (error: ServiceError | null, reply: T) =>
      error ? reject(error) : resolve(reply),
    ),
  )

interface StockSession {
  session: { session_id: string; user_id: string; state: string; metadata: Record<string, string> }
}

test('a stock client makes, reads, prolongs, lists and deletes sessions', async () => {
  const client = stockClient('aetherflow/session/v1/session.proto', [
    'aetherflow',
    'session',
    'v1',
    'SessionService',
  ])
  const user_id = uuidv7()
  const made = await ask<StockSession>(client, 'CreateSession', {
    ...{ user_id, connection_id: uuidv7(), client_ip: '10.1.1.1', metadata: { app: 'cli' }, ttl_seconds: 30 },
  })
  const { session_id } = made.session
  const changed = await ask<StockSession>(client, 'UpdateSession', {
    session_id,
    state: 'SESSION_STATE_ACTIVE',
  })
  expect(changed.session).toMatchObject({ user_id, metadata: { app: 'cli' } })
  await ask(client, 'Heartbeat', { session_id, stats: { messages_sent: 3 } })
  expect(await ask(client, 'GetSession', { session_id })).toMatchObject({
    session: { stats: { messages_sent: 3 } },
  })
  expect(await ask(client, 'ListSessions', { user_id })).toMatchObject({ total: 1 })
  expect(await ask(client, 'DeleteSession', { session_id })).toEqual({ deleted: true })
  expect(await ask(client, 'DeleteSession', { session_id })).toEqual({ deleted: false })
  await expect(ask(client, 'GetSession', { session_id })).rejects.toMatchObject({ code: status.NOT_FOUND })
  await expect(ask(client, 'CreateSession', { user_id: '' })).rejects.toMatchObject({
    code: status.INVALID_ARGUMENT,
  })
})

test('health is told for every service, and reflection describes them', async () => {
  const health = stockClient(require('grpc-health-check').protoPath, ['grpc', 'health', 'v1', 'Health'], [])
  for (const service of [
    '',
    'aetherflow.session.v1.SessionService',
    'aetherflow.statesync.v1.StateSyncService',
  ])
    expect(await ask(health, 'Check', { service })).toMatchObject({ status: 1 })
  await expect(ask(health, 'Check', { service: 'nobody' })).rejects.toMatchObject({ code: status.NOT_FOUND })
  const file = require
    .resolve('@grpc/reflection')
    .replace(/src\/index\.js$/, 'proto/grpc/reflection/v1/reflection.proto')
  const reflection = stockClient(file, ['grpc', 'reflection', 'v1', 'ServerReflection'], [])
  const reflect = (request: object) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const stream = (reflection.ServerReflectionInfo as unknown as () => NodeJS.ReadWriteStream).call(
        reflection,
      )
      stream.on('data', resolve).on('error', reject)
      ;(stream as unknown as { write(message: object): void }).write(request)
      stream.end()
    })
  const listed = JSON.stringify(await reflect({ list_services: '' }))
  expect(listed).toContain('aetherflow.statesync.v1.StateSyncService')
  const described = await reflect({ file_containing_symbol: 'aetherflow.session.v1.SessionService' })
  expect(JSON.stringify(described)).toContain('file_descriptor_proto')
})

test('the generated client over the wire behaves as the one in process, streams and errors alike', async () => {
  const { client, close } = grpcClient(StateSyncService, { target: address })
  onTestFinished(close)
  const { tenantId, owner } = tenant
  const { document } = await client.createDocument({ tenantId, userId: owner.accountId })
  const documentId = document?.documentId ?? ''
  const leaving = new AbortController()
  const copy = new Y.Doc()
  const kinds: string[] = []
  const following = (async () => {
    for await (const { event } of client.subscribeDocument(
      { tenantId, documentId },
      { signal: leaving.signal },
    )) {
      kinds.push(event.case ?? '')
      if (event.case === 'update') Y.applyUpdate(copy, event.value.update)
    }
  })()
  await until('it follows', () => kinds.includes('ready'))
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'over the wire')
  const update = Y.encodeStateAsUpdate(doc)
  const reply = await client.applyOperations({
    tenantId,
    documentId,
    operations: [{ userId: owner.accountId, update }],
  })
  expect(reply.version).toBe(1n)
  await until('it has arrived', () => kinds.includes('committed'))
  expect(copy.getText('t').toJSON()).toBe('over the wire')
  leaving.abort()
  await following
  await expect(client.getDocument({ tenantId, documentId: uuidv7() })).rejects.toMatchObject({
    code: 'document.not_found',
  })
  const gone = AbortSignal.abort()
  await expect(client.getDocument({ tenantId, documentId }, { signal: gone })).rejects.toMatchObject({
    code: 'rpc.cancelled',
  })
  const slow = client.acquireLock({ tenantId, documentId, holderId: 'h', ttlSeconds: 1 }, { timeoutMs: 0 })
  await expect(slow).rejects.toMatchObject({ code: 'rpc.deadline_exceeded' })
})

test('with a token configured, only who shows it is answered', async () => {
  await using guarded = await startProgram({
    config: (config) => ({ ...config, rpc: { ...config.rpc, port: 0, token: 'a-long-token' } }),
  })
  const target = guarded.program.rpcAddress ?? ''
  const [none, wrong, right] = [undefined, 'another-token', 'a-long-token'].map((token) =>
    grpcClient(StateSyncService, { target, token }),
  )
  await expect(none?.client.getStats({})).rejects.toMatchObject({ code: 'rpc.unauthenticated' })
  await expect(wrong?.client.getStats({})).rejects.toMatchObject({ code: 'rpc.unauthenticated' })
  expect(await right?.client.getStats({})).toMatchObject({ openDocuments: 0n })
  for (const one of [none, wrong, right]) one?.close()
})
