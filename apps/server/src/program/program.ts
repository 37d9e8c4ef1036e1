import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { document } from '@stoa/contracts/document'
import { type Service, ServiceGroup, silentLogger, systemClock, systemRandom } from '@stoa/kernel'
import type { House } from '../capabilities/house.ts'
import { type Capabilities, createCapabilities } from '../capabilities/index.ts'
import type { QuantumOffer } from '../capabilities/realtime/index.ts'
import { blobOperations } from '../platform/blobs/operations.ts'
import { TopicFeed } from '../platform/bus/topic-feed.ts'
import type { RateLimits } from '../platform/cache/rate-limits.ts'
import { GrpcServer } from '../platform/rpc/grpc-server.ts'
import { contentTelemetry } from '../platform/telemetry/content.ts'
import { type Api, createApi } from '../roles/api.ts'
import { Gateway } from '../roles/gateway/gateway.ts'
import { offerOf } from '../roles/gateway/quantum.ts'
import { storageOrigins } from './mappings.ts'
import { measureCluster, peerAccess } from './peers.ts'
import { type Base, createPlatform, type Platform } from './platform.ts'
import { readinessChecks } from './readiness.ts'
import { statuses } from './statuses.ts'

const SAMPLE_FOLDER = fileURLToPath(new URL('../../../../docs/handbook/books', import.meta.url))
const WEB_ROOT = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** What a test may exchange. The program itself takes none of it. */
export interface Overrides {
  readonly webRoot?: string
  /** Ports of the platform to replace, e.g. the mailer. */
  readonly house?: Partial<House>
  readonly rateLimits?: RateLimits
  /** Serve the operations that have a handler, and no others. */
  readonly partial?: boolean
  /** Refuse replies that break the contract. */
  readonly validateReplies?: boolean
}

export type ProgramOptions = Pick<Base, 'config' | 'secrets'> &
  Partial<Base> & { readonly overrides?: Overrides }

/** The whole program: platform, capabilities, roles. Started and stopped as one. */
export interface Program extends Service, AsyncDisposable {
  readonly platform: Platform
  readonly capabilities: Capabilities
  /** Where it answers; may be read once started. `undefined` without the role `api`. */
  readonly url: string | undefined
  /** Where its gRPC services answer, `host:port`; may be read once started. `undefined` without a port for them. */
  readonly rpcAddress: string | undefined
}

export async function createProgram(options: ProgramOptions): Promise<Program> {
  const { overrides = {}, ...given } = options
  const base: Base = { log: silentLogger, clock: systemClock, random: systemRandom, version: '0', ...given }
  const platform = await createPlatform(base)
  const made: { grpc?: GrpcServer; api?: Api; gateway?: Gateway; listening: boolean } = { listening: false }
  const rpcAddress = () => base.config.rpc.address ?? made.grpc?.address
  const peers = peerAccess(platform, {
    url: () => (made.listening ? made.api?.url : undefined),
    rpcAddress: () => (made.listening ? rpcAddress() : undefined),
  })
  const quantumOffer = () => offered(platform, made.gateway)
  const house = { ...houseOf(platform, rpcAddress), quantumOffer, peers, ...overrides.house }
  const capabilities = createCapabilities(house)
  measureCluster(platform.metrics, capabilities.cluster)
  platform.persistence.jobs.define(capabilities.all.flatMap((one) => one.jobs))
  const roles = new Set(base.config.roles)
  const grpc = rpcOf(platform, capabilities)
  const gateway = roles.has('gateway') ? gatewayOf(platform, capabilities) : undefined
  const http = roles.has('api') || gateway !== undefined
  const api = http ? apiOf(platform, capabilities, overrides, gateway) : undefined
  Object.assign(made, { grpc, api, gateway })
  const group = new ServiceGroup('stoa', [
    dataFolder(base),
    ...capabilities.engines,
    ...platform.services,
    ...capabilities.all.flatMap((one) => one.services),
    ...[grpc, api, gateway].filter((one) => one !== undefined),
    listening(made),
  ])
  return {
    name: group.name,
    platform,
    capabilities,
    get url() {
      return api?.url
    },
    get rpcAddress() {
      return grpc?.address
    },
    start: (signal) => group.start(signal),
    stop: () => group.stop(),
    [Symbol.asyncDispose]: () => group.stop(),
  }
}

/** Other nodes are told of addresses while something listens there: a node of a cluster starts before, and stops after. */
function listening(made: { listening: boolean }): Service {
  const set = async (value: boolean) => {
    made.listening = value
  }
  return { name: 'addresses', start: () => set(true), stop: () => set(false) }
}

/** The folder of everything that is kept, for nobody else to look into. */
function dataFolder({ config }: Base): Service {
  return {
    name: 'data folder',
    start: async () => void (await mkdir(config.dataDir, { recursive: true, mode: 0o700 })),
    stop: async () => {},
  }
}

function houseOf(
  platform: Platform,
  rpcAddress: () => string | undefined,
): Omit<House, 'peers' | 'quantumOffer'> {
  const { config, persistence, metrics, secrets, clock, random, log, version } = platform
  return {
    database: persistence.database,
    events: persistence.events,
    blobs: platform.blobs.store,
    cache: platform.cache.cache,
    rateLimits: platform.cache.rateLimits,
    mailer: platform.mailer,
    outbound: platform.outbound,
    ...{ clock, random, log },
    metrics: { text: () => metrics.text(), token: config.http.metricsToken },
    checks: readinessChecks(platform),
    onStream: platform.events.stream,
    onSwept: platform.events.swept,
    onCommit: platform.events.realtime.commit,
    content: contentTelemetry(metrics),
    rpc: {
      statesync: config.rpc.statesync ?? 'here',
      session: config.rpc.session ?? 'here',
      sessionRedis: platform.sessionRedis,
      token: config.rpc.token,
      address: rpcAddress,
      onCircuit: platform.events.realtime.circuit,
    },
    deriveKey: (purpose) => secrets.derive(purpose),
    settings: {
      version,
      dataDir: config.dataDir,
      publicUrl: config.http.publicUrl,
      mailReachesPeople: config.mail.kind === 'smtp',
      allowSignUp: config.allowSignUp,
      providers: config.providers,
      maxFileBytes: config.maxFileBytes,
      content: config.content,
      sampleFolder: SAMPLE_FOLDER,
    },
  }
}

/** The services of this process for other processes, where a port is given for them. */
function rpcOf({ config: { rpc }, log }: Platform, { realtime }: Capabilities): GrpcServer | undefined {
  if (rpc.port === undefined || realtime.served.length === 0) return undefined
  const { host, port, token } = rpc
  return new GrpcServer({ host, port, token, log, services: realtime.served })
}

function gatewayOf(platform: Platform, capabilities: Capabilities): Gateway {
  const { realtime, identity, authenticator, rooms } = capabilities
  const { log, clock, random, events, persistence } = platform
  const guards = [...capabilities.all.flatMap((one) => one.topicGuards ?? []), rooms.topics]
  return new Gateway({
    ...{ log, clock, random, identity, authenticator, events: persistence.events },
    topics: new TopicFeed({ events: persistence.events, guards, log }),
    messageFor: rooms.messageFor,
    statesync: realtime.statesync,
    sessions: realtime.sessions,
    tickets: realtime.realtime.tickets,
    access: realtime.realtime.access,
    signals: platform.signals,
    trustedProxies: platform.config.http.trustedProxies,
    onSlow: events.realtime.slow,
    onCircuit: (open) => events.realtime.circuit('aetherflow.session.v1.SessionService', 'any', open),
    onClosed: events.realtime.closed,
    onConnections: events.realtime.connections,
    quantum: quantumOf(platform),
  })
}

/** Where the gateway's UDP port is to be, and the 32 bytes of its identity: the same in every process. */
function quantumOf({ config: { quantum }, secrets }: Platform) {
  return quantum && { ...quantum, seed: secrets.derive('quantum-identity') }
}

/** A process without a gateway offers the port that all are configured with. */
function offered(platform: Platform, gateway: Gateway | undefined): QuantumOffer | undefined {
  if (gateway) return gateway.quantumOffer
  const quantum = quantumOf(platform)
  return quantum && quantum.port > 0 ? offerOf(quantum.port, quantum.seed) : undefined
}

function apiOf(
  platform: Platform,
  capabilities: Capabilities,
  overrides: Overrides,
  gateway: Gateway | undefined,
): Api {
  const { config, log, persistence, blobs, cache, events } = platform
  const { host, port, publicUrl, trustedProxies } = config.http
  const where = { host, port, webRoot: overrides.webRoot ?? WEB_ROOT, storageOrigins: storageOrigins(config) }
  return createApi(where, {
    ...{ log, document, statuses, publicUrl, trustedProxies },
    operations: config.roles.includes('api')
      ? [...capabilities.all.flatMap((one) => one.operations), ...blobOperations(blobs.signed)]
      : capabilities.system.operations,
    upgrade: gateway?.upgrade,
    database: persistence.database,
    authenticator: capabilities.authenticator,
    rateLimits: overrides.rateLimits ?? cache.rateLimits,
    observe: events.request,
    partial: overrides.partial === true || !config.roles.includes('api'),
    validateReplies: overrides.validateReplies,
  })
}
