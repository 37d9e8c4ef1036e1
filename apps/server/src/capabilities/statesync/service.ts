import type { StateSyncService } from '@stoa/contracts/statesync'
import { isUuid, uuidv7 } from '@stoa/kernel'
import type { RpcHandlers } from '../../platform/rpc/types.ts'
import { checkHolder, checkIds, checkLimit, checkMetadata, checkSeconds, checkTitle } from './checks.ts'
import type { StateSyncEngine, StateSyncEngineInit } from './engine/engine.ts'
import { documentNotFound, StateSyncError } from './errors.ts'
import type { DocumentRecord } from './store/store.ts'
import { follow } from './subscription.ts'
import { documentView, lockView, operationView } from './views.ts'

type Handlers = RpcHandlers<typeof StateSyncService>
type Ids = { readonly tenantId: string; readonly documentId: string }

export interface StateSyncServiceInit extends Pick<StateSyncEngineInit, 'store' | 'clock' | 'random'> {
  readonly engine: StateSyncEngine
}

/** `aetherflow.statesync.v1` over the engine. */
export function stateSyncHandlers(init: StateSyncServiceInit): Handlers {
  return {
    ...documentHandlers(init),
    ...listHandler(init),
    ...operationHandlers(init),
    ...lockHandlers(init.engine),
  }
}

type DocumentMethods = 'createDocument' | 'getDocument' | 'updateDocument' | 'deleteDocument'

function documentHandlers({
  engine,
  store,
  clock,
  random,
}: StateSyncServiceInit): Pick<Handlers, DocumentMethods> {
  const shown = (record: DocumentRecord) => shownBy(engine, record)
  return {
    async createDocument({ tenantId, documentId, title, workspaceId, userId, metadata, state }) {
      const id = documentId === '' ? uuidv7(clock, random) : documentId
      checkIds({
        tenant_id: tenantId,
        document_id: id,
        user_id: userId,
        ...(workspaceId === '' ? {} : { workspace_id: workspaceId }),
      })
      const record = await store.create({
        ...{ id, tenantId, createdBy: userId, title: checkTitle(title), metadata: checkMetadata(metadata) },
        workspaceId: workspaceId === '' ? undefined : workspaceId,
      })
      if (!record) throw new StateSyncError('document.exists', 'There is a document with this id already.')
      if (state.length === 0) return { document: documentView(record) }
      const document = await engine.document(tenantId, id)
      const version = await document.apply([{ userId, update: state }], 0)
      return { document: documentView(record, version) }
    },

    async getDocument({ tenantId, documentId, stateVector }) {
      checkIds({ tenant_id: tenantId, document_id: documentId })
      const record = await store.read(tenantId, documentId)
      if (!record) throw documentNotFound()
      if (stateVector === undefined) return { document: shown(record) }
      const document = await engine.document(tenantId, documentId)
      return {
        document: shown(record),
        state: document.missingFrom(stateVector),
        stateVector: document.stateVector(),
      }
    },

    async updateDocument({ tenantId, documentId, title, workspaceId, metadata }) {
      checkIds({
        tenant_id: tenantId,
        document_id: documentId,
        ...(workspaceId ? { workspace_id: workspaceId } : {}),
      })
      const before = await store.read(tenantId, documentId)
      if (!before) throw documentNotFound()
      const merged = Object.entries({ ...before.metadata, ...metadata }).filter(([, value]) => value !== '')
      const record = await store.change(tenantId, documentId, {
        ...(title === undefined ? {} : { title: checkTitle(title) }),
        ...(workspaceId === undefined ? {} : { workspaceId: workspaceId === '' ? null : workspaceId }),
        ...(Object.keys(metadata).length === 0
          ? {}
          : { metadata: checkMetadata(Object.fromEntries(merged)) }),
      })
      if (!record) throw documentNotFound()
      return { document: shown(record) }
    },

    async deleteDocument({ tenantId, documentId }) {
      checkIds({ tenant_id: tenantId, document_id: documentId })
      const deleted = await store.delete(tenantId, documentId)
      engine.openDocument(tenantId, documentId)?.close(documentNotFound())
      return { deleted }
    },
  }
}

function listHandler({ engine, store }: StateSyncServiceInit): Pick<Handlers, 'listDocuments'> {
  return {
    async listDocuments({ tenantId, workspaceId, pageSize, pageToken }) {
      checkIds({ tenant_id: tenantId, ...(workspaceId === '' ? {} : { workspace_id: workspaceId }) })
      if (pageToken !== '' && !isUuid(pageToken))
        throw new StateSyncError('document.invalid', 'page_token is not ours.')
      const limit = checkLimit(pageSize, 100, 500)
      const found = await store.list(tenantId, {
        limit: limit + 1,
        ...(workspaceId === '' ? {} : { workspaceId }),
        ...(pageToken === '' ? {} : { after: pageToken }),
      })
      const documents = found.slice(0, limit)
      const nextPageToken = found.length > limit ? (documents.at(-1)?.id ?? '') : ''
      return { documents: documents.map((record) => shownBy(engine, record)), nextPageToken }
    },
  }
}

/** With the version of an open document, which is ahead of what was read. */
const shownBy = (engine: StateSyncEngine, record: DocumentRecord) =>
  documentView(record, engine.openDocument(record.tenantId, record.id)?.durableVersion)

type OperationMethods = 'applyOperations' | 'listOperations' | 'getStats' | 'subscribeDocument'

function operationHandlers({ engine, store }: StateSyncServiceInit): Pick<Handlers, OperationMethods> {
  return {
    async applyOperations({ tenantId, documentId, operations, fencingToken }) {
      checkIds({ tenant_id: tenantId, document_id: documentId })
      if (operations.length > 10_000)
        throw new StateSyncError('document.busy', 'At most 10,000 operations a call.')
      const document = await engine.document(tenantId, documentId)
      const version = await document.apply(operations, Number(fencingToken))
      return { version: BigInt(version) }
    },

    async listOperations({ tenantId, documentId, afterVersion, limit }) {
      checkIds({ tenant_id: tenantId, document_id: documentId })
      const found = await store.operations(
        tenantId,
        documentId,
        Number(afterVersion),
        checkLimit(limit, 100, 1000),
      )
      const record = await store.read(tenantId, documentId)
      if (!found || !record) throw documentNotFound()
      const { operations, truncated } = found
      return { operations: operations.map(operationView), truncated, version: BigInt(record.version) }
    },

    async getStats({ tenantId, documentId }) {
      if (tenantId === '' && documentId === '') return statsView(engine.stats)
      checkIds({ tenant_id: tenantId, document_id: documentId })
      const document = engine.openDocument(tenantId, documentId)
      if (!document) return {}
      const { operations, bytes } = document.pending
      return {
        openDocuments: 1n,
        subscribers: BigInt(document.listeners),
        pendingOperations: BigInt(operations),
        pendingBytes: BigInt(bytes),
        storeFailing: document.storeFailing,
      }
    },

    subscribeDocument({ tenantId, documentId, afterVersion }, { signal }) {
      checkIds({ tenant_id: tenantId, document_id: documentId })
      const after = afterVersion === undefined ? undefined : Number(afterVersion)
      return follow(engine, store, { tenantId, documentId }, after, signal)
    },
  }
}

function lockHandlers(engine: StateSyncEngine): Pick<Handlers, 'acquireLock' | 'releaseLock' | 'getLock'> {
  const open = ({ tenantId, documentId }: Ids) => {
    checkIds({ tenant_id: tenantId, document_id: documentId })
    return engine.document(tenantId, documentId)
  }
  return {
    async acquireLock({ holderId, ttlSeconds, ...ids }) {
      const [holder, seconds] = [checkHolder(holderId), checkSeconds(ttlSeconds)]
      return { lock: lockView(await (await open(ids)).acquireLock(holder, seconds * 1000)) }
    },
    async releaseLock({ fencingToken, ...ids }) {
      return { released: await (await open(ids)).releaseLock(Number(fencingToken)) }
    },
    async getLock(ids) {
      const { lock } = await open(ids)
      return lock === undefined ? {} : { lock: lockView(lock) }
    },
  }
}

function statsView(stats: StateSyncEngine['stats']) {
  return {
    openDocuments: BigInt(stats.openDocuments),
    subscribers: BigInt(stats.subscribers),
    pendingOperations: BigInt(stats.pendingOperations),
    pendingBytes: BigInt(stats.pendingBytes),
    appliedOperations: BigInt(stats.appliedOperations),
    commits: BigInt(stats.commits),
    failedCommits: BigInt(stats.failedCommits),
    compactions: BigInt(stats.compactions),
    storeFailing: stats.storeFailing,
  }
}
