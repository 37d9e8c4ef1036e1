import { resolve } from 'node:path'
import { type Env, settings } from './env.ts'
import { ConfigError } from './errors.ts'
import { type PeersConfig, peers } from './peers.ts'
import { type Checked, type OidcProvider, providersOf } from './providers.ts'
import * as read from './values.ts'

export type DatabaseConfig =
  | { readonly kind: 'embedded'; readonly directory: string; readonly maxConnections: number }
  | {
      readonly kind: 'url'
      readonly ownerUrl: string
      readonly appUrl: string | undefined
      readonly maxConnections: number
    }

export type CacheConfig = { readonly kind: 'memory' } | { readonly kind: 'redis'; readonly url: string }

export type BlobsConfig =
  | { readonly kind: 'disk'; readonly directory: string }
  | {
      readonly kind: 's3'
      readonly bucket: string
      readonly region: string
      readonly endpoint: string | undefined
      readonly publicEndpoint: string | undefined
      readonly accessKeyId: string
      readonly secretAccessKey: string
      readonly pathStyle: boolean
    }

export type MailConfig =
  | { readonly kind: 'console' }
  | { readonly kind: 'smtp'; readonly url: string; readonly from: string }

const ROLES = ['api', 'worker', 'gateway', 'session', 'statesync', 'node'] as const
export type RoleName = (typeof ROLES)[number]

/** Services of the realtime plane over gRPC. */
export interface RpcConfig {
  readonly host: string
  /** Where this process offers its services to others; without one it does not. 0 = any free port. */
  readonly port: number | undefined
  /** What others reach it by, when that is not host and port. */
  readonly address: string | undefined
  readonly token: string | undefined
  /** `host:port,host:port` or `dns:name:port` of the processes with the role; absent: this process has it. */
  readonly statesync: string | undefined
  /** The same for the role session. */
  readonly session: string | undefined
}

/** Boards and their content. */
export interface ContentConfig {
  /** Whose boards travel between nodes; absent: the organisation that was founded first. */
  readonly tenantId: string | undefined
  /** Bodies and images that this node fetches by itself. */
  readonly policy: 'all' | 'recent' | 'on_demand' | 'pinned'
  /** Bytes of content that are kept. */
  readonly budget: number
}

/** Everything that was decided before the program began. Secrets that it makes itself are in `secrets.ts`. */
export interface Config {
  readonly dataDir: string
  readonly roles: readonly RoleName[]
  readonly http: {
    readonly host: string
    /** 0 = any free port. */
    readonly port: number
    readonly publicUrl: string | undefined
    readonly trustedProxies: readonly string[]
    readonly openBrowser: boolean
    readonly metricsToken: string | undefined
  }
  readonly rpc: RpcConfig
  /** The gateway's UDP port; absent: realtime clients come by WebSocket alone. 0 = any free port. */
  readonly quantum: { readonly host: string; readonly port: number } | undefined
  readonly peers: PeersConfig
  readonly log: { readonly format: 'text' | 'json'; readonly level: 'debug' | 'info' | 'warn' | 'error' }
  readonly masterKey: string | undefined
  readonly database: DatabaseConfig
  readonly cache: CacheConfig
  readonly blobs: BlobsConfig
  readonly mail: MailConfig
  /** Whether an address that nobody invited may make an account and an organisation of its own. */
  readonly allowSignUp: boolean
  /** Bytes. */
  readonly maxFileBytes: number
  readonly content: ContentConfig
  readonly providers: readonly OidcProvider[]
  /** CIDR blocks of private networks that outbound requests may reach. */
  readonly allowPrivatePeers: readonly string[]
}

/** @throws ConfigError naming every setting that is wrong, not only the first */
export function envToConfig(env: Env): Config {
  const faults: string[] = []
  const check = <T>(name: keyof typeof settings, parse: (text: string) => T, fallback: T): T => {
    const text = env[name]
    if (text === undefined) return fallback
    try {
      return parse(text)
    } catch (error) {
      faults.push(`${settings[name].variable} ${error instanceof Error ? error.message : String(error)}`)
      return fallback
    }
  }
  const config = build(env, check, faults)
  if (faults.length > 0)
    throw new ConfigError('config.invalid', `These settings are not right:\n  ${faults.join('\n  ')}`)
  return config
}

function build(env: Env, check: Checked, faults: string[]): Config {
  const dataDir = resolve(env.data ?? 'data')
  const roles = check('roles', read.oneOrMoreOf(ROLES), ROLES)
  return {
    dataDir,
    roles,
    rpc: rpc(env, check, roles, faults),
    quantum: quantum(env, check),
    peers: peers(check),
    http: {
      host: env.host ?? '127.0.0.1',
      port: check('port', read.port, 8000),
      publicUrl: check<string | undefined>('publicUrl', read.origin, undefined),
      trustedProxies: check('trustedProxies', read.networks, []),
      openBrowser: check('open', read.flag, true),
      metricsToken: env.metricsToken,
    },
    log: {
      format: check('logFormat', read.oneOf(['text', 'json']), 'text'),
      level: check('logLevel', read.oneOf(['debug', 'info', 'warn', 'error']), 'info'),
    },
    masterKey: check<string | undefined>('masterKey', read.key, undefined),
    database: database(env, check, dataDir),
    cache: env.redisUrl
      ? { kind: 'redis', url: check('redisUrl', read.url(['redis', 'rediss']), '') }
      : { kind: 'memory' },
    blobs: blobs(env, check, dataDir, faults),
    mail: mail(env, check, faults),
    allowSignUp: check('allowSignUp', read.flag, false),
    maxFileBytes: check('maxFileMegabytes', read.integer(1, 2048), 500) * 1_000_000,
    content: {
      tenantId: check<string | undefined>('clusterTenant', read.uuid, undefined),
      policy: check('contentPolicy', read.oneOf(['all', 'recent', 'on_demand', 'pinned']), 'all'),
      budget: check('contentCacheMegabytes', read.integer(1, 100_000_000), 10_240) * 1_000_000,
    },
    providers: providersOf(env.providers, faults),
    allowPrivatePeers: check('allowPrivatePeers', read.networks, []),
  }
}

function quantum(env: Env, check: Checked): Config['quantum'] {
  const port = check<number | undefined>('quantumPort', read.port, undefined)
  return port === undefined ? undefined : { host: env.quantumHost ?? env.host ?? '127.0.0.1', port }
}

function rpc(env: Env, check: Checked, roles: readonly RoleName[], faults: string[]): RpcConfig {
  const host = env.rpcHost ?? '127.0.0.1'
  const port = check<number | undefined>('rpcPort', read.port, undefined)
  if (port !== undefined && !['127.0.0.1', '::1', 'localhost'].includes(host) && env.rpcToken === undefined)
    faults.push(
      `${settings.rpcToken.variable} must be set when ${settings.rpcHost.variable} is not this machine alone`,
    )
  const needed = roles.includes('api') || roles.includes('gateway')
  if (needed && !roles.includes('statesync') && env.statesyncService === undefined)
    faults.push(`${settings.statesyncService.variable} must be set where the role statesync is not`)
  if (roles.includes('gateway') && !roles.includes('session') && env.sessionService === undefined)
    faults.push(`${settings.sessionService.variable} must be set where the role session is not`)
  const at = (name: 'statesyncService' | 'sessionService') => {
    const target = check<string | undefined>(name, read.services, undefined)
    if (target === 'cluster' && !roles.includes('node'))
      faults.push(`${settings[name].variable}=cluster needs the role node`)
    return target
  }
  const statesync = roles.includes('statesync') ? undefined : at('statesyncService')
  const session = roles.includes('session') ? undefined : at('sessionService')
  return { host, port, address: env.rpcAddress, token: env.rpcToken, statesync, session }
}

function database(env: Env, check: Checked, dataDir: string): DatabaseConfig {
  const maxConnections = check('databaseConnections', read.integer(2, 200), 12)
  if (!env.databaseUrl) return { kind: 'embedded', directory: dataDir, maxConnections }
  const postgres = read.url(['postgres', 'postgresql'])
  const appUrl = check<string | undefined>('databaseAppUrl', postgres, undefined)
  return { kind: 'url', ownerUrl: check('databaseUrl', postgres, ''), appUrl, maxConnections }
}

function blobs(env: Env, check: Checked, dataDir: string, faults: string[]): BlobsConfig {
  if (!env.s3Bucket) return { kind: 'disk', directory: resolve(dataDir, 'blobs') }
  for (const name of ['s3AccessKeyId', 's3SecretAccessKey'] as const) {
    if (!env[name])
      faults.push(`${settings[name].variable} must be set when ${settings.s3Bucket.variable} is`)
  }
  const endpoint = check<string | undefined>('s3Endpoint', read.origin, undefined)
  return {
    kind: 's3',
    bucket: env.s3Bucket,
    region: env.s3Region ?? 'us-east-1',
    endpoint,
    publicEndpoint: check<string | undefined>('s3PublicEndpoint', read.origin, undefined),
    accessKeyId: env.s3AccessKeyId ?? '',
    secretAccessKey: env.s3SecretAccessKey ?? '',
    pathStyle: check('s3PathStyle', read.flag, endpoint !== undefined),
  }
}

function mail(env: Env, check: Checked, faults: string[]): MailConfig {
  if (!env.smtpUrl) return { kind: 'console' }
  if (!env.mailFrom)
    faults.push(`${settings.mailFrom.variable} must be set when ${settings.smtpUrl.variable} is`)
  return { kind: 'smtp', url: check('smtpUrl', read.url(['smtp', 'smtps']), ''), from: env.mailFrom ?? '' }
}
