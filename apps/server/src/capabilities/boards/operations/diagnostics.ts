import type { components } from '@stoa/contracts'
import { cidOf, digestOfCid, RecordError } from '@stoa/records'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { BoardParts } from '../components.ts'
import { contentNotFound } from '../errors.ts'
import type { FetchEntry } from '../plane/history.ts'
import type { PeerState } from '../plane/peer-states.ts'
import type { Sample } from '../plane/trend.ts'
import type { Replication } from '../replication.ts'
import { type ContentUse, findContent, usesOf } from '../store/contents.ts'
import { countContents, countRecords, countWanted } from '../store/plane.ts'

type Schemas = components['schemas']

const RETRY_WAIT_MS = 10_000
const LISTED = 200

export const getContentDiagnostics = ({ content }: BoardParts): Operation =>
  operation('getContentDiagnostics', ({ context, read }) =>
    read(async (tx) => {
      const { tenantId } = context
      const mine = content.replicates(tenantId)
      const records = await countRecords(tx)
      const { present, missing, ...bytes } = await countContents(tx)
      const now = mine ? content.gauges : undefined
      const body: Schemas['ContentDiagnostics'] = {
        node_id: content.self,
        replicating: mine,
        reason: mine ? null : content.self === null ? 'no_network' : 'other_organisation',
        policy: content.policy,
        sync_lag_seconds: now?.lagSeconds ?? null,
        peers: mine ? peersOf(content) : [],
        index: { ...records, missing: now?.missingRecords ?? 0 },
        bodies: { present, missing, wanted: await countWanted(tx, content.wanted) },
        cache: {
          ...bytes,
          budget: content.cache.budget,
          hit_rate: now?.hitRate ?? null,
          evicted: content.cache.evicted,
        },
        fetches: {
          success_rate: now?.successRate ?? null,
          latency_p95_seconds: now?.latencyP95 ?? null,
          running: now?.running ?? 0,
        },
      }
      return { status: 200, body }
    }),
  )

function peersOf(content: Replication): Schemas['ContentPeer'][] {
  const paths = new Map(content.connections().map(({ peer, path }) => [peer, path]))
  const states = content.running?.plane.states.all() ?? []
  return states.map((state) => peerView(state, paths.get(state.peer) ?? null, content))
}

function peerView(
  state: PeerState,
  path: 'direct' | 'relayed' | null,
  content: Replication,
): Schemas['ContentPeer'] {
  const at = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString())
  return {
    peer_id: state.peer,
    member: content.isMember(state.peer),
    path,
    lag_seconds: content.running?.plane.lagOf(state.peer) ?? null,
    records: state.says ?? null,
    missing: state.missing,
    in_step_at: at(state.inStepAt),
    last_sync_at: at(state.lastSyncAt),
    last_error: state.lastError ?? null,
    last_error_at: at(state.lastErrorAt),
  }
}

export const listContentFetches = ({ content }: BoardParts): Operation =>
  operation('listContentFetches', async ({ context, read }) => {
    const history = content.replicates(context.tenantId) ? content.running?.plane.history : undefined
    const entries = history?.entries.slice(0, LISTED) ?? []
    const uses = await read((tx) => usesOf(tx, [...new Set(entries.map(({ digest }) => digest))]))
    const items = entries.map((entry) => fetchView(entry, uses.get(entry.digest)))
    return { status: 200, body: { items } }
  })

function fetchView(entry: FetchEntry, found: ContentUse | undefined): Schemas['ContentFetch'] {
  const { digest, startedAt, seconds, reason, peer, attempts, bytes } = entry
  return {
    content_cid: cidOf(digest),
    here: found?.whole ?? false,
    use: found?.use ?? null,
    started_at: new Date(startedAt).toISOString(),
    seconds: seconds ?? null,
    outcome: seconds === undefined ? 'running' : reason === null ? 'fetched' : 'failed',
    ...{ reason, bytes },
    peer_id: peer,
    attempts: attempts.map((one) => ({ peer_id: one.peer, reason: one.reason, seconds: one.seconds })),
  }
}

export const listContentSamples = ({ content }: BoardParts): Operation =>
  operation('listContentSamples', async ({ context }) => {
    const samples = content.replicates(context.tenantId) ? content.trend.samples : []
    return { status: 200, body: { items: samples.map(sampleView) } }
  })

const sampleView = ({ at, ...figures }: Sample): Schemas['ContentSample'] => ({
  at: new Date(at).toISOString(),
  success_rate: figures.successRate,
  latency_p95_seconds: figures.latencyP95,
  hit_rate: figures.hitRate,
  sync_lag_seconds: figures.lagSeconds,
})

export const retryContentFetch = ({ content }: BoardParts): Operation =>
  operation('retryContentFetch', async ({ context, body, read }) => {
    const row = await read((tx) => findContent(tx, digestFrom(body.content_cid)))
    if (!row || row.dropped) throw contentNotFound()
    const { digest, size, media_type: type } = row
    const options = { waitMs: RETRY_WAIT_MS, again: true }
    return { status: 200, body: await content.fetch(context.tenantId, [{ digest, size, type }], options) }
  })

/** @throws Problem 404 for what is no CID of ours */
function digestFrom(cid: string): string {
  try {
    return digestOfCid(cid)
  } catch (error) {
    if (error instanceof RecordError) throw contentNotFound()
    throw error
  }
}
