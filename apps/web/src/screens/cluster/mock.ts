import type { components } from '@stoa/contracts'
import type { ContentFetch } from '../../data/cluster.ts'
import { ago, NOW } from '../../testing/mock/account.ts'
import { type MockHandlers, problem } from '../../testing/mock-api.ts'
import { hash } from '../boards/mock.ts'

type Schemas = components['schemas']
type Member = Schemas['ClusterMember']
type Peer = Schemas['ContentPeer']

const seconds = (count: number): string => ago(count / 60)
/** A made-up peer id that is the same on every run. */
export const peerId = (end: string): string =>
  `12D3KooWQm${'ABCDEFGHJKLMNPQRSTUVWXYZ'.repeat(2).slice(0, 42 - end.length)}${end}`
const cid = (n: number): string =>
  `bafkrei${'a'.repeat(48)}${n
    .toString(10)
    .padStart(4, '0')
    .replace(/\d/g, (digit) => 'bcdefghijk'[Number(digit)] ?? 'a')}`

export const [SELF, NAS, LIN, TEO, PI, INES] = ['kR7', '9vA', 'Qe1', 'mN4', 'x2C', 'Zt8'].map(peerId) as [
  string,
  string,
  string,
  string,
  string,
  string,
]

export const member = (peer_id: string, name: string, given: Partial<Member> = {}): Member => ({
  ...{ peer_id, name, addresses: ['/ip4/192.168.1.20/tcp/4100'], added_at: ago(40_000), online: true },
  ...{ connection: 'direct', address: '/ip4/192.168.1.20/tcp/4100', round_trip_ms: 2, state: 'healthy' },
  ...{ last_heartbeat_at: seconds(4), same_snapshot: true, services: [], last_error: null },
  ...given,
})

export const contentPeer = (peer_id: string, given: Partial<Peer> = {}): Peer => ({
  ...{ peer_id, member: true, path: 'direct', lag_seconds: 0, records: 12_480, missing: 0 },
  ...{ in_step_at: seconds(3), last_sync_at: seconds(3), last_error: null, last_error_at: null },
  ...given,
})

const dialFault =
  '/ip4/203.0.113.9/tcp/4100/p2p/12D3KooW: The operation was aborted due to timeout; /p2p-circuit: NO_RESERVATION'

const members: Member[] = [
  member(SELF, 'study-desk', {
    ...{
      connection: 'self',
      address: null,
      round_trip_ms: null,
      last_heartbeat_at: null,
      same_snapshot: null,
    },
  }),
  member(NAS, 'library-nas'),
  member(LIN, 'lin-shanghai', { connection: 'relayed', round_trip_ms: 214, last_heartbeat_at: seconds(11) }),
  member(TEO, 'teo-vps', { round_trip_ms: 38, last_heartbeat_at: seconds(7) }),
  member(PI, 'reading-room-pi', {
    ...{
      online: false,
      connection: 'none',
      round_trip_ms: null,
      last_heartbeat_at: ago(18),
      last_error: dialFault,
    },
  }),
]

const peers: Schemas['ClusterPeer'][] = [
  {
    ...{ peer_id: INES, address: '/ip4/198.51.100.7/udp/4100/quic-v1', path: 'direct', member: false },
    ...{ connected_at: ago(3), round_trip_ms: 61, faults: 0, last_fault: null, banned_until: null },
  },
]

export const cluster = (given: Partial<Schemas['Cluster']> = {}): Schemas['Cluster'] => ({
  ...{
    configured: true,
    cluster_id: 'thursday-readers',
    peer_id: SELF,
    state: 'healthy',
    state_since: ago(3000),
  },
  ...{ reason: null, online: 4, member_count: 5, version: '0.9.2' },
  addresses: [
    '/ip4/192.168.1.12/tcp/4100',
    '/ip4/192.168.1.12/udp/4100/quic-v1',
    '/ip4/192.168.1.12/tcp/4101/ws',
  ].map((one) => `${one}/p2p/${SELF}`),
  invitation: `p2pos-join://${'eyJ2IjoxLCJjbHVzdGVyX2lkIjoidGh1cnNkYXktcmVhZGVycyIs'.repeat(6)}`,
  snapshot: {
    ...{ hash: hash(5), issued_at: ago(40_000), issuer_peer_id: NAS, epoch: 1, revoked: [] },
    proof_not_after: ago(-480_000),
  },
  bootstrap: { peers: [{ peer_id: NAS, addresses: ['/dnsaddr/home.example.org'] }], faults: [] },
  ...given,
})

export const content = (
  given: Partial<Schemas['ContentDiagnostics']> = {},
): Schemas['ContentDiagnostics'] => ({
  ...{ node_id: SELF, replicating: true, reason: null, policy: 'recent', sync_lag_seconds: 3.1 },
  peers: [
    contentPeer(NAS),
    contentPeer(LIN, { path: 'relayed', lag_seconds: 3.1, missing: 2 }),
    contentPeer(TEO),
    contentPeer(PI, { path: null, lag_seconds: 1080, in_step_at: ago(18), last_error: 'peers.closed' }),
  ],
  index: { records: 12_480, kept_out: 2, missing: 2 },
  bodies: { present: 9_204, missing: 37, wanted: 12 },
  cache: {
    ...{
      bytes: 3_260_000_000,
      budget: 10_240_000_000,
      authored_bytes: 812_000_000,
      pinned_bytes: 96_000_000,
    },
    ...{ hit_rate: 0.87, evicted: 0 },
  },
  fetches: { success_rate: 0.992, latency_p95_seconds: 0.42, running: 1 },
  ...given,
})

const use = (n: number, title: string, part: 'post' | 'comment' | 'image' = 'post') => ({
  ...{ board_id: hash(1), post_id: hash(1000 + n), title, part },
})

export const fetched = (n: number, minutes: number, given: Partial<ContentFetch> = {}): ContentFetch => ({
  ...{
    content_cid: cid(n),
    here: true,
    use: null,
    started_at: ago(minutes),
    seconds: 0.18,
    outcome: 'fetched',
  },
  ...{ reason: null, peer_id: NAS, attempts: [], bytes: 2_400 },
  ...given,
})
const failed = { here: false, outcome: 'failed', peer_id: null, bytes: 0 } as const

const fetches: ContentFetch[] = [
  fetched(1, 0.1, {
    ...{ here: false, outcome: 'running', seconds: null, peer_id: null, bytes: 0 },
    use: use(1, 'What the pond looks like in November, and a page to read beside it', 'image'),
  }),
  fetched(2, 2, {
    ...{ ...failed, reason: 'not_found', seconds: 4.2, use: use(2, 'Scan of the 1854 first page', 'image') },
    attempts: [
      { peer_id: NAS, reason: 'not_found', seconds: 0.02 },
      { peer_id: TEO, reason: 'not_found', seconds: 0.05 },
      { peer_id: LIN, reason: 'timeout', seconds: 4 },
    ],
  }),
  fetched(3, 6, {
    ...{ use: use(3, 'Where shall we meet in winter?', 'comment'), seconds: 4.3, bytes: 1_280 },
    attempts: [{ peer_id: TEO, reason: 'timeout', seconds: 4 }],
  }),
  fetched(4, 24, { use: use(5, '《呐喊》共读本勘误'), peer_id: LIN, seconds: 0.64, bytes: 88_000 }),
  fetched(2, 31, {
    ...failed,
    reason: 'no_peers',
    seconds: 0,
    use: use(2, 'Scan of the 1854 first page', 'image'),
  }),
  fetched(5, 55, { use: use(4, 'Reading aloud: a method that works for two languages'), bytes: 6_100 }),
  fetched(6, 90, { here: false, use: use(6, 'Minutes of the October meeting', 'image'), bytes: 412_000 }),
]

/** Two hours, the same on every run: a stretch in which this node was cut off. */
const samples: Schemas['ContentSample'][] = Array.from({ length: 118 }, (_, at) => {
  const wave = ((at * 37) % 11) / 11
  const cut = at > 70 && at < 84
  return {
    at: new Date(NOW - (118 - at) * 60_000).toISOString(),
    success_rate: at < 6 ? null : 0.985 + wave * 0.012,
    latency_p95_seconds: at < 6 ? null : 0.3 + wave * 0.12 + (cut ? 0.35 : 0),
    hit_rate: 0.82 + wave * 0.06,
    sync_lag_seconds: cut ? (at - 70) * 0.9 : wave * 3,
  }
})

const presence: Schemas['ClusterPresence'][] = [
  ...[{ peer_id: PI, at: ago(18), kind: 'offline' as const, reason: 'disconnected' }],
  ...[{ peer_id: LIN, at: ago(64), kind: 'online' as const, reason: 'heartbeat' }],
  ...[{ peer_id: LIN, at: ago(71), kind: 'offline' as const, reason: 'peers.timeout' }],
].map((one, at) => ({ ...one, id: String(at), address: null }))

interface World {
  readonly cluster?: Partial<Schemas['Cluster']>
  readonly content?: Partial<Schemas['ContentDiagnostics']>
  readonly members?: readonly Member[]
  readonly fetches?: readonly ContentFetch[]
}

/** Answers of a node that is in a cluster of five, one of them away. */
export const clusterHandlers = (world: World = {}): MockHandlers => ({
  getCluster: () => ({ status: 200, body: cluster(world.cluster) }),
  listClusterMembers: () => ({ status: 200, body: { items: [...(world.members ?? members)] } }),
  listClusterPeers: () => ({ status: 200, body: { items: world.members ? [] : peers } }),
  listClusterPresence: () => ({
    status: 200,
    body: { items: world.members ? [] : presence, next_cursor: null },
  }),
  getContentDiagnostics: () => ({ status: 200, body: content(world.content) }),
  listContentFetches: () => ({ status: 200, body: { items: [...(world.fetches ?? fetches)] } }),
  listContentSamples: () => ({ status: 200, body: { items: world.members ? [] : samples } }),
  retryContentFetch: () => ({ status: 200, body: { state: 'unavailable', reason: 'not_found' } }),
  retryClusterConnections: () => ({ status: 200, body: cluster(world.cluster) }),
})

const nothing = {
  ...{ peers: [], sync_lag_seconds: null, index: { records: 214, kept_out: 0, missing: 0 } },
  bodies: { present: 96, missing: 0, wanted: 0 },
  cache: {
    ...{ bytes: 14_200_000, budget: 10_240_000_000, authored_bytes: 14_200_000, pinned_bytes: 0 },
    ...{ hit_rate: null, evicted: 0 },
  },
  fetches: { success_rate: null, latency_p95_seconds: null, running: 0 },
} satisfies Partial<Schemas['ContentDiagnostics']>

/** Answers of a node that nobody took into a cluster yet. */
export const aloneHandlers: MockHandlers = clusterHandlers({
  cluster: {
    ...{
      configured: false,
      cluster_id: null,
      state: 'unconfigured',
      state_since: null,
      online: 0,
      member_count: 0,
    },
    ...{ reason: { code: 'no_cluster', text: '' }, addresses: [], invitation: null, snapshot: null },
    bootstrap: { peers: [], faults: [] },
  },
  ...{ content: nothing, members: [], fetches: [] },
})

/** A node that was just let in, and heard nobody yet. */
export const freshHandlers: MockHandlers = clusterHandlers({
  cluster: {
    ...{ state: 'degraded', online: 1, member_count: 3, state_since: ago(1) },
    reason: { code: 'no_majority', text: '1 of 3 members are online.' },
    bootstrap: {
      peers: [],
      faults: [
        { entry: 'home.example.org', reason: 'no TXT record of _dnsaddr.home.example.org names an address' },
      ],
    },
  },
  content: nothing,
  members: [
    member(SELF, 'study-desk', { connection: 'self', round_trip_ms: null, last_heartbeat_at: null }),
    ...[
      { peer: NAS, name: 'library-nas' },
      { peer: LIN, name: '林舟家里放在书架最上层的那台旧笔记本电脑', last_error: 'membership.not_member' },
    ].map(({ peer, name, last_error = dialFault }) =>
      member(peer, name, {
        ...{ online: false, connection: 'none', round_trip_ms: null, last_heartbeat_at: null, state: null },
        ...{ same_snapshot: null, last_error },
      }),
    ),
  ],
  fetches: [],
})

/** An organisation that does not run the machine. */
export const guestHandlers: MockHandlers = {
  ...aloneHandlers,
  getCluster: () => problem(404, 'cluster.not_found'),
  getContentDiagnostics: () => ({
    status: 200,
    body: content({ ...nothing, replicating: false, reason: 'other_organisation' }),
  }),
}
