import type { components } from '@stoa/contracts'
import { queryOptions } from '@tanstack/react-query'
import { client } from './api.ts'
import { ApiError } from './problem.ts'
import { queryClient } from './query-client.ts'

type Schemas = components['schemas']
export type Cluster = Schemas['Cluster']
export type ClusterMember = Schemas['ClusterMember']
export type ClusterPeer = Schemas['ClusterPeer']
export type ClusterPresence = Schemas['ClusterPresence']
export type ContentDiagnostics = Schemas['ContentDiagnostics']
export type ContentPeer = Schemas['ContentPeer']
export type ContentFetch = Schemas['ContentFetch']
export type ContentSample = Schemas['ContentSample']
export type ContentState = Schemas['ContentState']

/** No event tells of heartbeats and lags: they are asked for while the page is looked at. */
export const POLL_MS = 5_000
const SLOW_POLL_MS = 30_000

/** A first load that failed stays failed until somebody tries again: an error that comes and goes cannot be read. */
const polled = (every: number) => ({
  refetchInterval: ({ state }: { readonly state: { readonly data: unknown } }) =>
    state.data === undefined ? (false as const) : every,
  staleTime: every - 1_000,
})

/** `null`: another organisation runs this machine. */
async function readCluster(): Promise<Cluster | null> {
  try {
    return await client.call('getCluster', {})
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

export const clusterQuery = queryOptions({
  queryKey: ['cluster', 'state'],
  queryFn: readCluster,
  ...polled(POLL_MS),
})

export const clusterMembersQuery = queryOptions({
  queryKey: ['cluster', 'members'],
  queryFn: () => client.call('listClusterMembers', {}),
  ...polled(POLL_MS),
})

export const clusterPeersQuery = queryOptions({
  queryKey: ['cluster', 'peers'],
  queryFn: () => client.call('listClusterPeers', {}),
  ...polled(POLL_MS),
})

export const clusterPresenceQuery = queryOptions({
  queryKey: ['cluster', 'presence'],
  queryFn: () => client.call('listClusterPresence', { query: { limit: 30 } }),
  ...polled(SLOW_POLL_MS),
})

export const contentQuery = queryOptions({
  queryKey: ['cluster', 'content'],
  queryFn: () => client.call('getContentDiagnostics', {}),
  ...polled(POLL_MS),
})

export const contentFetchesQuery = queryOptions({
  queryKey: ['cluster', 'fetches'],
  queryFn: () => client.call('listContentFetches', {}),
  ...polled(POLL_MS),
})

export const contentSamplesQuery = queryOptions({
  queryKey: ['cluster', 'samples'],
  queryFn: () => client.call('listContentSamples', {}),
  ...polled(SLOW_POLL_MS),
})

/** Calls every member that is not connected, now. */
export const retryConnections = (): Promise<Cluster> => client.call('retryClusterConnections', {})

/** Asks the other nodes for a content again. */
export const retryFetch = (content_cid: string): Promise<ContentState> =>
  client.call('retryContentFetch', { body: { content_cid } })

/** After an act: everything the page shows is asked for again. */
export const refreshCluster = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['cluster'] })
