import type { components } from '@stoa/contracts'
import type { ContentRef, ReadRecord } from '@stoa/records'

export type FetchReason = components['schemas']['FetchReason']

/** Whether a content is on this node, on its way, or why not. */
export type ContentState =
  | { readonly state: 'present'; readonly reason: null }
  | { readonly state: 'fetching'; readonly reason: null }
  | { readonly state: 'unavailable'; readonly reason: FetchReason }

/** Where content comes from that is not on this node. */
export interface ContentSource {
  /** Whether the boards of an organisation travel between nodes. */
  replicates(tenantId: string): boolean
  /** What was written here: other nodes are told at once, as far as they are connected. */
  announce(tenantId: string, records: readonly ReadRecord[]): void
  /**
   * Asks other nodes for contents, unless that goes on already or has failed a moment ago; waits at most so long.
   * `again`: also when it has just failed.
   */
  fetch(
    tenantId: string,
    contents: readonly ContentRef[],
    options: { readonly waitMs: number; readonly again?: boolean },
  ): Promise<ContentState>
}
