import { sql } from 'kysely'
import type { Database, Tx } from '../../../platform/database/database.ts'
import type { LockState } from '../rules.ts'
import { decodeOperations, encodeOperations } from './operations-codec.ts'
import {
  type Append,
  type Content,
  type DocumentChange,
  type DocumentFilter,
  type DocumentRecord,
  type History,
  type LoggedOperation,
  type NewDocument,
  type Opened,
  OWNER_TTL_MS,
  type Owner,
  type StateSyncStore,
} from './store.ts'

interface Row {
  tenant_id: string
  id: string
  title: string
  workspace_id: string | null
  created_by: string
  metadata: Record<string, string>
  version: number
  size_bytes: number
  created_at: Date
  updated_at: Date
}

interface OwnedRow extends Row {
  epoch: number
  lock_holder: string | null
  lock_token: number
  lock_expires_at: Date | null
}

const fields = sql`tenant_id, id, title, workspace_id, created_by, metadata, version, size_bytes, created_at, updated_at`

/** Documents in PostgreSQL, under row-level security. */
export class PostgresStateSyncStore implements StateSyncStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  create({ tenantId, id, title, workspaceId, createdBy, metadata }: NewDocument) {
    return this.#write(tenantId, async ({ db }) => {
      const { rows } = await sql<Row>`
        insert into statesync_documents (tenant_id, id, title, workspace_id, created_by, metadata)
        values (${tenantId}, ${id}, ${title}, ${workspaceId ?? null}, ${createdBy}, ${JSON.stringify(metadata)}::jsonb)
        on conflict do nothing returning ${fields}`.execute(db)
      return rows[0] && recordOf(rows[0])
    })
  }

  read(tenantId: string, documentId: string): Promise<DocumentRecord | undefined> {
    return this.#read(tenantId, async ({ db }) => {
      const { rows } =
        await sql<Row>`select ${fields} from statesync_documents where id = ${documentId}`.execute(db)
      return rows[0] && recordOf(rows[0])
    })
  }

  change(tenantId: string, documentId: string, { title, workspaceId, metadata }: DocumentChange) {
    return this.#write(tenantId, async ({ db }) => {
      const { rows } = await sql<Row>`
        update statesync_documents set title = coalesce(${title ?? null}, title),
          workspace_id = case when ${workspaceId !== undefined} then ${workspaceId ?? null}::uuid else workspace_id end,
          metadata = coalesce(${metadata === undefined ? null : JSON.stringify(metadata)}::jsonb, metadata), updated_at = now()
        where id = ${documentId} returning ${fields}`.execute(db)
      return rows[0] && recordOf(rows[0])
    })
  }

  delete(tenantId: string, documentId: string): Promise<boolean> {
    return this.#write(tenantId, async ({ db }) => {
      const { numAffectedRows } = await sql`delete from statesync_documents where id = ${documentId}`.execute(
        db,
      )
      return numAffectedRows === 1n
    })
  }

  list(tenantId: string, { workspaceId, after, limit }: DocumentFilter): Promise<readonly DocumentRecord[]> {
    return this.#read(tenantId, async ({ db }) => {
      const { rows } = await sql<Row>`
        select ${fields} from statesync_documents
        where (${workspaceId ?? null}::uuid is null or workspace_id = ${workspaceId ?? null}::uuid)
          and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
        order by id limit ${limit}`.execute(db)
      return rows.map(recordOf)
    })
  }

  open(tenantId: string, documentId: string, owner: Owner): Promise<Opened> {
    return this.#write(tenantId, async ({ db }) => {
      const { rows } = await sql<OwnedRow>`
        update statesync_documents d set owner_id = ${owner.id}, epoch = epoch + 1
        where id = ${documentId} and not exists (
          select from statesync_owners o where o.id = d.owner_id and o.id <> ${owner.id}
            and o.address is not null and o.address is distinct from ${owner.address ?? null}
            and o.beat_at > now() - make_interval(secs => ${OWNER_TTL_MS / 1000}))
        returning ${fields}, epoch, lock_holder, lock_token, lock_expires_at`.execute(db)
      const [row] = rows
      if (row === undefined) return elsewhere(db, documentId)
      const content = await contentOf(db, documentId, row.version)
      return { kind: 'opened', record: recordOf(row), epoch: row.epoch, lock: lockOf(row), content }
    })
  }

  content(tenantId: string, documentId: string): Promise<Content | undefined> {
    return this.#read(tenantId, async ({ db }) => {
      const { rows } = await sql<{ version: number }>`
        select version from statesync_documents where id = ${documentId}`.execute(db)
      return rows[0] && contentOf(db, documentId, rows[0].version)
    })
  }

  append(tenantId: string, appends: readonly Append[]): Promise<ReadonlySet<string>> {
    const rows = appends.map(({ documentId, epoch, firstVersion, operations }) => ({
      documentId,
      epoch,
      first: firstVersion,
      last: firstVersion + operations.length - 1,
      bytes: operations.reduce((sum, { update }) => sum + update.length, 0),
      encoded: Buffer.from(encodeOperations(operations)),
    }))
    const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name])
    return this.#write(tenantId, async ({ db }) => {
      const result = await sql<{ id: string }>`
        with incoming as (
          select * from unnest(${column('documentId')}::uuid[], ${column('epoch')}::bigint[], ${column('first')}::bigint[],
            ${column('last')}::bigint[], ${column('bytes')}::bigint[], ${column('encoded')}::bytea[])
            as i(id, epoch, first, last, bytes, operations)
        ), advanced as (
          update statesync_documents d set version = i.last, size_bytes = d.size_bytes + i.bytes, updated_at = now()
          from incoming i where d.tenant_id = ${tenantId} and d.id = i.id and d.epoch = i.epoch and d.version = i.first - 1
          returning d.id
        ), added as (
          insert into statesync_operations (tenant_id, document_id, last_version, first_version, operations)
          select ${tenantId}, i.id, i.last, i.first, i.operations from incoming i join advanced a on a.id = i.id
        )
        select id from advanced
        union all
        select d.id from statesync_documents d join incoming i on i.id = d.id
        where d.tenant_id = ${tenantId} and d.epoch = i.epoch and d.version >= i.last`.execute(db)
      return new Set(result.rows.map(({ id }) => id))
    })
  }

  snapshot(
    tenantId: string,
    documentId: string,
    epoch: number,
    { version, state }: { version: number; state: Uint8Array },
    keep: History,
  ): Promise<boolean> {
    return this.#write(tenantId, async ({ db }) => {
      const { numAffectedRows } = await sql`
        update statesync_documents set size_bytes = ${state.length} + coalesce((
          select sum(length(operations)) from statesync_operations
          where tenant_id = ${tenantId} and document_id = ${documentId} and last_version > ${version}), 0)
        where id = ${documentId} and epoch = ${epoch}`.execute(db)
      if (numAffectedRows !== 1n) return false
      await sql`
        insert into statesync_snapshots as s (tenant_id, document_id, version, state)
        values (${tenantId}, ${documentId}, ${version}, ${Buffer.from(state)})
        on conflict (tenant_id, document_id) do update set version = excluded.version, state = excluded.state,
          created_at = now()`.execute(db)
      await sql`
        delete from statesync_operations o using (
          select last_version, sum(length(operations)) over (order by last_version desc) as bytes
          from statesync_operations where tenant_id = ${tenantId} and document_id = ${documentId}
            and last_version <= ${version}) old
        where o.tenant_id = ${tenantId} and o.document_id = ${documentId} and o.last_version = old.last_version
          and (old.last_version <= ${version - keep.operations} or old.bytes > ${keep.bytes})`.execute(db)
      return true
    })
  }

  operations(tenantId: string, documentId: string, after: number, limit: number) {
    return this.#read(tenantId, async ({ db }) => {
      const { rows } = await sql<{ version: number; oldest: number | null }>`
        select version, (select min(first_version) from statesync_operations
          where tenant_id = ${tenantId} and document_id = ${documentId}) as oldest
        from statesync_documents where id = ${documentId}`.execute(db)
      const [document] = rows
      if (document === undefined) return undefined
      const operations = await loggedAfter(db, tenantId, documentId, after, limit)
      return { operations, truncated: after + 1 < (document.oldest ?? document.version + 1) }
    })
  }

  saveLock(tenantId: string, documentId: string, epoch: number, lock: LockState): Promise<boolean> {
    return this.#write(tenantId, async ({ db }) => {
      const { numAffectedRows } = await sql`
        update statesync_documents set lock_holder = ${lock.holder ?? null}, lock_token = ${lock.token},
          lock_expires_at = ${lock.holder === undefined ? null : new Date(lock.expiresAt)}
        where id = ${documentId} and epoch = ${epoch}`.execute(db)
      return numAffectedRows === 1n
    })
  }

  async beat({ id, address }: Owner): Promise<void> {
    await this.#database.account(null, async ({ db }) => {
      await sql`
        insert into statesync_owners (id, address, beat_at) values (${id}, ${address ?? null}, now())
        on conflict (id) do update set beat_at = now(), address = excluded.address`.execute(db)
      await sql`delete from statesync_owners where beat_at < now() - interval '1 hour'`.execute(db)
    })
  }

  async retire({ id }: Owner): Promise<void> {
    await this.#database.account(null, async ({ db }) => {
      await sql`delete from statesync_owners where id = ${id}`.execute(db)
    })
  }

  #write<T>(tenantId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#database.tenant({ tenantId, accountId: null }, run)
  }

  #read<T>(tenantId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#database.tenantRead({ tenantId, accountId: null }, run)
  }
}

async function elsewhere(db: Tx['db'], documentId: string): Promise<Opened> {
  const { rows } = await sql<{ address: string | null }>`
    select o.address from statesync_documents d left join statesync_owners o on o.id = d.owner_id
    where d.id = ${documentId}`.execute(db)
  return rows[0] === undefined ? { kind: 'missing' } : { kind: 'elsewhere', address: rows[0].address ?? '' }
}

async function contentOf(db: Tx['db'], documentId: string, version: number): Promise<Content> {
  const snapshots = await sql<{ version: number; state: Buffer }>`
    select version, state from statesync_snapshots where document_id = ${documentId}`.execute(db)
  const [snapshot] = snapshots.rows
  const log = await sql<{ operations: Buffer }>`
    select operations from statesync_operations where document_id = ${documentId}
      and last_version > ${snapshot?.version ?? 0} order by last_version`.execute(db)
  const operations = log.rows.flatMap((row) => decodeOperations(row.operations).map(({ update }) => update))
  return { version, snapshot: snapshot?.state, operations }
}

async function loggedAfter(
  db: Tx['db'],
  tenantId: string,
  documentId: string,
  after: number,
  limit: number,
): Promise<readonly LoggedOperation[]> {
  const { rows } = await sql<{ first_version: number; operations: Buffer; created_at: Date }>`
    select first_version, operations, created_at from statesync_operations
    where tenant_id = ${tenantId} and document_id = ${documentId} and last_version > ${after}
    order by last_version limit ${limit}`.execute(db)
  return rows
    .flatMap(({ first_version, operations, created_at }) =>
      decodeOperations(operations).map((operation, i) => ({
        ...operation,
        version: first_version + i,
        appliedAt: created_at,
      })),
    )
    .filter(({ version }) => version > after)
    .slice(0, limit)
}

function recordOf(row: Row): DocumentRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    title: row.title,
    workspaceId: row.workspace_id ?? undefined,
    createdBy: row.created_by,
    metadata: row.metadata,
    version: row.version,
    sizeBytes: row.size_bytes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const lockOf = ({ lock_holder, lock_token, lock_expires_at }: OwnedRow): LockState => ({
  holder: lock_holder ?? undefined,
  token: lock_token,
  expiresAt: lock_expires_at?.getTime() ?? 0,
})
