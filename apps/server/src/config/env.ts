/** The settings as text, before any of them is judged. Flags win over the environment. */
export type Env = Readonly<Partial<Record<Setting, string>>> & {
  /** `STOA_OIDC_<ID>_<FIELD>`, by lower-case id. */
  readonly providers: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Every setting: its variable in the environment and what it is for, as `--help` shows it. */
export const settings = {
  data: { variable: 'STOA_DATA', help: 'folder for everything that is kept (default: ./data)' },
  host: {
    variable: 'STOA_HOST',
    help: 'address to listen on (default: 127.0.0.1; 0.0.0.0 for the whole network)',
  },
  port: { variable: 'STOA_PORT', help: 'port (default: 8000; when busy, the next free one)' },
  open: {
    variable: 'STOA_OPEN',
    help: 'open a browser where there is a desktop: true or false (default: true)',
  },
  publicUrl: {
    variable: 'STOA_PUBLIC_URL',
    help: 'where the world reaches this server, e.g. https://read.example',
  },
  trustedProxies: {
    variable: 'STOA_TRUSTED_PROXIES',
    help: 'addresses or CIDR blocks whose X-Forwarded-* are believed',
  },
  logFormat: { variable: 'STOA_LOG_FORMAT', help: 'text (default) or json' },
  logLevel: { variable: 'STOA_LOG_LEVEL', help: 'debug, info (default), warn or error' },
  metricsToken: {
    variable: 'STOA_METRICS_TOKEN',
    help: 'bearer token for /metrics; without it only local addresses may read',
  },
  roles: {
    variable: 'STOA_ROLES',
    help: 'what this process does: api, worker, gateway, session, statesync, node (default: all)',
  },
  rpcPort: {
    variable: 'STOA_RPC_PORT',
    help: 'port on which this process offers the services session and statesync over gRPC (default: to itself only)',
  },
  rpcHost: { variable: 'STOA_RPC_HOST', help: 'address of that port (default: 127.0.0.1)' },
  rpcAddress: {
    variable: 'STOA_RPC_ADDRESS',
    help: 'host:port by which other processes reach it (default: host and port)',
  },
  rpcToken: {
    variable: 'STOA_RPC_TOKEN',
    help: 'secret that our processes show each other; needed beyond 127.0.0.1',
  },
  sessionService: {
    variable: 'STOA_SESSION_SERVICE',
    help: 'host:port,host:port or dns:name:port of the processes with the role session, where this one has it not; cluster: of the nodes of our cluster',
  },
  statesyncService: {
    variable: 'STOA_STATESYNC_SERVICE',
    help: 'host:port,host:port or dns:name:port of the processes with the role statesync, where this one has it not; cluster: of the nodes of our cluster',
  },
  quantumPort: {
    variable: 'STOA_QUANTUM_PORT',
    help: 'UDP port for realtime clients beside the WebSocket (default: none); the same for the roles gateway and api, which tells of it',
  },
  quantumHost: {
    variable: 'STOA_QUANTUM_HOST',
    help: 'address of that port (default: the address of the HTTP port)',
  },
  p2pHost: {
    variable: 'STOA_P2P_HOST',
    help: 'address on which a node of a cluster listens to other nodes (default: 0.0.0.0; nothing listens without a cluster)',
  },
  p2pPort: {
    variable: 'STOA_P2P_PORT',
    help: 'its port for TCP and QUIC (default: 4100; when busy, the next free one)',
  },
  p2pWebSocketPort: { variable: 'STOA_P2P_WEBSOCKET_PORT', help: 'its port for WebSocket (default: 4101)' },
  p2pConnect: {
    variable: 'STOA_P2P_CONNECT',
    help: 'domains (_dnsaddr TXT) and multiaddrs of nodes to begin with, besides those of the cluster',
  },
  p2pAnnounce: {
    variable: 'STOA_P2P_ANNOUNCE',
    help: 'multiaddrs under which others reach this node, e.g. /ip4/203.0.113.7/tcp/4100',
  },
  p2pMdns: { variable: 'STOA_P2P_MDNS', help: 'find nodes of the local network: true (default) or false' },
  p2pNetworkMode: {
    variable: 'STOA_P2P_NETWORK_MODE',
    help: 'public: tell public addresses alone; private: tell all; auto (default): public where there is a public IPv4',
  },
  p2pNameServers: {
    variable: 'STOA_P2P_NAME_SERVERS',
    help: 'name servers for those domains, address or address:port (default: the machine’s)',
  },
  masterKey: { variable: 'STOA_MASTER_KEY', help: '64 hex digits; default: kept in DATA/secrets/master.key' },
  databaseUrl: {
    variable: 'DATABASE_URL',
    help: 'PostgreSQL to use, as the owner (default: our own in DATA/postgres)',
  },
  databaseAppUrl: {
    variable: 'DATABASE_APP_URL',
    help: 'the same as the role the program works as (default: derived)',
  },
  databaseConnections: {
    variable: 'STOA_DATABASE_CONNECTIONS',
    help: 'most connections to the database (default: 12)',
  },
  redisUrl: {
    variable: 'REDIS_URL',
    help: 'Redis for cache, limits and bus (default: memory of this process)',
  },
  s3Bucket: { variable: 'STOA_S3_BUCKET', help: 'bucket for files (default: DATA/blobs)' },
  s3Endpoint: { variable: 'STOA_S3_ENDPOINT', help: 'S3-compatible server; default: AWS' },
  s3PublicEndpoint: { variable: 'STOA_S3_PUBLIC_ENDPOINT', help: 'the same as browsers reach it' },
  s3Region: { variable: 'STOA_S3_REGION', help: 'region (default: us-east-1)' },
  s3AccessKeyId: { variable: 'STOA_S3_ACCESS_KEY_ID', help: 'access key' },
  s3SecretAccessKey: { variable: 'STOA_S3_SECRET_ACCESS_KEY', help: 'secret key' },
  s3PathStyle: {
    variable: 'STOA_S3_PATH_STYLE',
    help: 'true for servers without bucket host names (default: with an endpoint)',
  },
  smtpUrl: {
    variable: 'STOA_SMTP_URL',
    help: 'smtp[s]://user:password@host:port (default: mail is printed on the terminal)',
  },
  mailFrom: { variable: 'STOA_MAIL_FROM', help: 'sender, e.g. "Stoa <stoa@read.example>"' },
  allowSignUp: {
    variable: 'STOA_ALLOW_SIGN_UP',
    help: 'true: whoever has an e-mail address may make an organisation (default: only invited people)',
  },
  maxFileMegabytes: {
    variable: 'STOA_MAX_FILE_MB',
    help: 'largest file that may be added to the library, in MB (default: 500)',
  },
  clusterTenant: {
    variable: 'STOA_CLUSTER_TENANT',
    help: 'id of the organisation whose boards travel between the nodes of a cluster (default: the first one of this node)',
  },
  contentPolicy: {
    variable: 'STOA_CONTENT_POLICY',
    help: 'bodies and images that this node fetches by itself: all (default), recent (30 days), on_demand or pinned (only posts that somebody keeps)',
  },
  contentCacheMegabytes: {
    variable: 'STOA_CONTENT_CACHE_MB',
    help: 'content of boards that is kept, in MB; what was written here is never given up (default: 10240)',
  },
  allowPrivatePeers: {
    variable: 'STOA_ALLOW_PRIVATE_PEERS',
    help: 'CIDR blocks of our own network we may call, e.g. a local OIDC provider',
  },
} as const satisfies Record<string, { variable: string; help: string }>

export type Setting = keyof typeof settings

const PROVIDER = /^STOA_OIDC_([A-Z0-9]+)_([A-Z_]+)$/

/** Only this folder reads the environment. An empty variable counts as absent. */
export function readEnv(
  environment: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Partial<Record<Setting, string>>> = {},
): Env {
  const present: [string, string][] = []
  for (const [name, { variable }] of Object.entries(settings)) {
    const value = flags[name as Setting] ?? environment[variable]?.trim()
    if (value !== undefined && value !== '') present.push([name, value])
  }
  const providers: Record<string, Record<string, string>> = {}
  for (const [variable, value] of Object.entries(environment)) {
    const [, id, field] = PROVIDER.exec(variable) ?? []
    if (id === undefined || field === undefined || !value?.trim()) continue
    const provider = providers[id.toLowerCase()] ?? {}
    providers[id.toLowerCase()] = { ...provider, [field.toLowerCase()]: value.trim() }
  }
  return { ...Object.fromEntries(present), providers }
}
