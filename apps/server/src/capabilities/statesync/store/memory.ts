import type { Clock } from '@stoa/kernel'
import type { LockState } from '../rules.ts'
import type {
  Append,
  Content,
  DocumentChange,
  DocumentFilter,
  DocumentRecord,
  History,
  LoggedOperation,
  NewDocument,
  Opened,
  Owner,
  StateSyncStore,
} from './store.ts'
import { OWNER_TTL_MS } from './store.ts'

interface Kept {
  record: DocumentRecord
  owner: Owner | undefined
  epoch: number
  lock: LockState
  snapshot: { version: number; state: Uint8Array } | undefined
  log: LoggedOperation[]
}

/** Documents in the memory of this process: for tests, and where nothing has to last. */
export class MemoryStateSyncStore implements StateSyncStore {
  readonly #clock: Clock
  readonly #documents = new Map<string, Kept>()
  readonly #beats = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async create(document: NewDocument): Promise<DocumentRecord | undefined> {
    const key = keyOf(document.tenantId, document.id)
    if (this.#documents.has(key)) return undefined
    const at = new Date(this.#clock.now())
    const record = { ...document, version: 0, sizeBytes: 0, createdAt: at, updatedAt: at }
    const lock = { holder: undefined, token: 0, expiresAt: 0 }
    this.#documents.set(key, { record, owner: undefined, epoch: 0, lock, snapshot: undefined, log: [] })
    return record
  }

  async read(tenantId: string, documentId: string): Promise<DocumentRecord | undefined> {
    return this.#documents.get(keyOf(tenantId, documentId))?.record
  }

  async change(
    tenantId: string,
    documentId: string,
    { title, workspaceId, metadata }: DocumentChange,
  ): Promise<DocumentRecord | undefined> {
    const kept = this.#documents.get(keyOf(tenantId, documentId))
    if (!kept) return undefined
    kept.record = {
      ...kept.record,
      ...(title === undefined ? {} : { title }),
      ...(workspaceId === undefined ? {} : { workspaceId: workspaceId ?? undefined }),
      ...(metadata === undefined ? {} : { metadata }),
      updatedAt: new Date(this.#clock.now()),
    }
    return kept.record
  }

  async delete(tenantId: string, documentId: string): Promise<boolean> {
    return this.#documents.delete(keyOf(tenantId, documentId))
  }

  async list(tenantId: string, { workspaceId, after = '', limit }: DocumentFilter) {
    return [...this.#documents.values()]
      .map(({ record }) => record)
      .filter((record) => record.tenantId === tenantId && record.id > after)
      .filter((record) => workspaceId === undefined || record.workspaceId === workspaceId)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
  }

  async open(tenantId: string, documentId: string, owner: Owner): Promise<Opened> {
    const kept = this.#documents.get(keyOf(tenantId, documentId))
    if (!kept) return { kind: 'missing' }
    const { owner: before } = kept
    if (before?.address !== undefined && before.id !== owner.id && before.address !== owner.address) {
      const beat = this.#beats.get(before.id) ?? 0
      if (beat > this.#clock.now() - OWNER_TTL_MS) return { kind: 'elsewhere', address: before.address }
    }
    kept.owner = owner
    kept.epoch += 1
    return {
      kind: 'opened',
      record: kept.record,
      epoch: kept.epoch,
      lock: kept.lock,
      content: contentOf(kept),
    }
  }

  async content(tenantId: string, documentId: string): Promise<Content | undefined> {
    const kept = this.#documents.get(keyOf(tenantId, documentId))
    return kept && contentOf(kept)
  }

  async append(tenantId: string, appends: readonly Append[]): Promise<ReadonlySet<string>> {
    const taken = new Set<string>()
    for (const { documentId, epoch, firstVersion, operations } of appends) {
      const kept = this.#documents.get(keyOf(tenantId, documentId))
      if (!kept || kept.epoch !== epoch) continue
      const last = firstVersion + operations.length - 1
      if (kept.record.version < last) this.#extend(kept, firstVersion, operations)
      taken.add(documentId)
    }
    return taken
  }

  #extend(kept: Kept, firstVersion: number, operations: Append['operations']): void {
    const appliedAt = new Date(this.#clock.now())
    const bytes = operations.reduce((sum, { update }) => sum + update.length, 0)
    kept.log.push(
      ...operations.map((operation, i) => ({ ...operation, version: firstVersion + i, appliedAt })),
    )
    kept.record = {
      ...kept.record,
      version: firstVersion + operations.length - 1,
      sizeBytes: kept.record.sizeBytes + bytes,
      updatedAt: appliedAt,
    }
  }

  async snapshot(
    tenantId: string,
    documentId: string,
    epoch: number,
    snapshot: { version: number; state: Uint8Array },
    keep: History,
  ): Promise<boolean> {
    const kept = this.#documents.get(keyOf(tenantId, documentId))
    if (!kept || kept.epoch !== epoch) return false
    kept.snapshot = snapshot
    let [count, bytes] = [0, 0]
    const stays = (operation: LoggedOperation) => {
      if (operation.version > snapshot.version) return true
      count += 1
      bytes += operation.update.length
      return count <= keep.operations && bytes <= keep.bytes
    }
    kept.log = kept.log.toReversed().filter(stays).reverse()
    const after = kept.log.filter(({ version }) => version > snapshot.version)
    const sizeBytes = snapshot.state.length + after.reduce((sum, { update }) => sum + update.length, 0)
    kept.record = { ...kept.record, sizeBytes }
    return true
  }

  async operations(tenantId: string, documentId: string, after: number, limit: number) {
    const kept = this.#documents.get(keyOf(tenantId, documentId))
    if (!kept) return undefined
    const oldest = kept.log[0]?.version ?? kept.record.version + 1
    const operations = kept.log.filter(({ version }) => version > after).slice(0, limit)
    return { operations, truncated: after + 1 < oldest }
  }

  async saveLock(tenantId: string, documentId: string, epoch: number, lock: LockState): Promise<boolean> {
    const kept = this.#documents.get(keyOf(tenantId, documentId))
    if (!kept || kept.epoch !== epoch) return false
    kept.lock = lock
    return true
  }

  async beat({ id }: Owner): Promise<void> {
    this.#beats.set(id, this.#clock.now())
  }

  async retire({ id }: Owner): Promise<void> {
    this.#beats.delete(id)
  }
}

const keyOf = (tenantId: string, documentId: string): string => `${tenantId}/${documentId}`

function contentOf({ record, snapshot, log }: Kept): Content {
  const operations = log
    .filter(({ version }) => version > (snapshot?.version ?? 0))
    .map(({ update }) => update)
  return { version: record.version, snapshot: snapshot?.state, operations }
}
