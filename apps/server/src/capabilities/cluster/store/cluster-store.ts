import { millisOf, type ReadSnapshot } from '@stoa/membership'
import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { ClusterStore, KnownPeer, PresenceEntry } from '../node/parts.ts'

export interface PresenceRow {
  readonly id: number
  readonly peerId: string
  readonly at: Date
  readonly kind: 'online' | 'offline'
  readonly address: string | null
  readonly reason: string
}

/** What a node keeps, in the tables of the installation; none of it belongs to a tenant. */
export class DatabaseClusterStore implements ClusterStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async snapshot(clusterId: string): Promise<Uint8Array | undefined> {
    const row = await this.#database.pool
      .selectFrom('cluster_snapshots')
      .select('bytes')
      .where('cluster_id', '=', clusterId)
      .executeTakeFirst()
    return row && new Uint8Array(row.bytes)
  }

  async keepSnapshot(clusterId: string, { snapshot, bytes, hash }: ReadSnapshot, at: number): Promise<void> {
    const kept = {
      bytes: Buffer.from(bytes),
      hash: Buffer.from(hash),
      issued_at: new Date(millisOf(snapshot.issued_at)),
      applied_at: new Date(at),
    }
    await this.#database.pool
      .insertInto('cluster_snapshots')
      .values({ cluster_id: clusterId, ...kept })
      .onConflict((conflict) => conflict.column('cluster_id').doUpdateSet(kept))
      .execute()
  }

  async knownPeers(clusterId: string): Promise<readonly KnownPeer[]> {
    const rows = await this.#database.pool
      .selectFrom('cluster_peers')
      .selectAll()
      .where('cluster_id', '=', clusterId)
      .orderBy('seen_at', 'desc')
      .limit(1000)
      .execute()
    return rows.map(({ peer_id, addresses, seen_at }) => ({
      peer: peer_id,
      addresses,
      seenAt: seen_at.getTime(),
    }))
  }

  async keepPeers(clusterId: string, peers: readonly KnownPeer[]): Promise<void> {
    const rows = peers.map(({ peer, addresses, seenAt }) => ({
      ...{ cluster_id: clusterId, peer_id: peer },
      ...{ addresses: [...addresses], seen_at: new Date(seenAt) },
    }))
    await this.#database.pool
      .insertInto('cluster_peers')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['cluster_id', 'peer_id']).doUpdateSet((row) => ({
          addresses: row.ref('excluded.addresses'),
          seen_at: row.ref('excluded.seen_at'),
        })),
      )
      .execute()
  }

  async addPresence(clusterId: string, entries: readonly PresenceEntry[]): Promise<void> {
    const rows = entries.map(({ peer, at, kind, address, reason }) => ({
      ...{ cluster_id: clusterId, peer_id: peer, at: new Date(at), kind },
      ...{ address: address?.slice(0, 512) ?? null, reason: reason.slice(0, 256) },
    }))
    await this.#database.pool.insertInto('cluster_presence').values(rows).execute()
  }

  /** Newest first, those before `before`. */
  async listPresence(
    clusterId: string,
    { peerId, before, limit }: { peerId?: string | undefined; before?: number | undefined; limit: number },
  ): Promise<readonly PresenceRow[]> {
    let query = this.#database.pool
      .selectFrom('cluster_presence')
      .selectAll()
      .where('cluster_id', '=', clusterId)
    if (peerId !== undefined) query = query.where('peer_id', '=', peerId)
    if (before !== undefined) query = query.where('id', '<', before)
    const rows = await query.orderBy('id', 'desc').limit(limit).execute()
    return rows.map(({ id, peer_id, at, kind, address, reason }) => ({
      ...{ id: Number(id), peerId: peer_id, at, address, reason },
      kind: kind === 'online' ? 'online' : 'offline',
    }))
  }

  /** Deletes a batch of what is older; gives how many. */
  async sweepPresence(before: Date, batch: number): Promise<number> {
    const { numAffectedRows } = await sql`delete from stoa.cluster_presence where id in (
      select id from stoa.cluster_presence where at < ${before} limit ${batch})`.execute(this.#database.pool)
    return Number(numAffectedRows ?? 0)
  }
}

/** The organisation this installation was set up with: its owners and admins run it. */
export async function operatorTenant(database: Database): Promise<string | undefined> {
  const { rows } = await sql<{ tenant_id: string }>`
    select tenant_id from stoa.tenants_after('00000000-0000-0000-0000-000000000000', 1)`.execute(
    database.pool,
  )
  return rows[0]?.tenant_id
}
