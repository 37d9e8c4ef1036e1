import type { Tx } from '../../platform/database/database.ts'
import type { TenantJobData } from '../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { DocumentsComponents } from './components.ts'
import { mentioned, textChanged } from './events.ts'
import { readersAmong } from './readers.ts'
import { excerptOf, isDueForVersion } from './rules.ts'
import { searchDocumentOf } from './searchable.ts'
import { addMentions, keepMentions } from './store/mentions.ts'
import {
  lockProjection,
  type ProjectionRow,
  projectedVersions,
  saveCitations,
  saveProjection,
} from './store/projection.ts'
import { versionBefore } from './store/versions.ts'
import { type DocumentNode, newId, schema, type TextState, type Texts } from './texts.ts'
import { keepVersion } from './versions.ts'

export const PROJECT = 'documents.project'
export const SWEEP_ALL = 'documents.sweep-all'
export const SWEEP_TEXTS = 'documents.sweep'

const EXCERPT_LENGTH = 240
const MENTION_LENGTH = 500

export interface ProjectData {
  readonly tenantId: string
  readonly documentId: string
}

/**
 * Reads out of a text what lists, search, mentions and backlinks show, and keeps what it said before where a sitting has
 * ended. Safe to repeat: what was read already is not read again.
 */
export function projectJob(components: DocumentsComponents, texts: Texts): JobDefinition<ProjectData> {
  return {
    ...{ name: PROJECT, retryLimit: 5, concurrency: 2, expireInSeconds: 120 },
    run: ({ data }) => projectText(components, texts, data),
  }
}

export async function projectText(
  components: DocumentsComponents,
  texts: Texts,
  place: ProjectData,
): Promise<void> {
  const actor = { tenantId: place.tenantId, accountId: null }
  const known = await components.database.tenantRead(actor, (tx) => projectedVersions(tx, [place.documentId]))
  const projected = known.get(place.documentId)
  if (projected === undefined) return
  const state = await texts.read(place)
  if (state.version <= projected) return
  const editors = await texts.editorsSince(place, projected)
  await components.database.tenant(actor, async (tx) => {
    const row = await lockProjection(tx, place.documentId)
    if (!row || row.trashed_at !== null || state.version <= Number(row.projected_version)) return
    await keepSitting(components, tx, place.tenantId, row)
    await project(components, tx, place.tenantId, { row, state, editors })
  })
}

/** What the sitting before this one left, or one that lasts long has so far. */
async function keepSitting(
  components: DocumentsComponents,
  tx: Tx,
  tenantId: string,
  row: ProjectionRow,
): Promise<void> {
  if (row.content === null) return
  const newest = await versionBefore(tx, row.id, undefined)
  const kept = (newest?.created_at ?? row.created_at).getTime()
  const now = components.clock.now()
  if (!isDueForVersion({ now, kept, seen: row.edited_at.getTime() })) return
  const doc = (await schema()).toDocument(row.content)
  const version = { documentId: row.id, kind: 'automatic' as const, authors: row.editors, doc }
  if (await keepVersion(components, tx, tenantId, { id: newId(components), ...version })) row.editors = []
}

async function project(
  components: DocumentsComponents,
  tx: Tx,
  tenantId: string,
  read: { readonly row: ProjectionRow; readonly state: TextState; readonly editors: readonly string[] },
): Promise<void> {
  const { row, state, editors } = read
  const { doc } = state
  const { citationsOf, linesOf, wordCount } = await schema()
  const lines = linesOf(doc)
  await saveProjection(tx, row.id, {
    content: doc.toJSON(),
    version: state.version,
    excerpt: excerptOf(lines, EXCERPT_LENGTH),
    wordCount: wordCount(doc),
    editors: [...new Set([...row.editors, ...editors])].slice(-20),
    editedBy: editors.at(-1) ?? row.edited_by,
    editedAt: new Date(components.clock.now()),
  })
  const cited = new Map<string, number>()
  for (const { book_id } of citationsOf(doc)) cited.set(book_id, (cited.get(book_id) ?? 0) + 1)
  await saveCitations(tx, tenantId, row.id, cited)
  await tellMentioned(components, tx, tenantId, { row, doc, authorId: editors.at(-1) ?? null })
  await components.search.putDocuments(tx, tenantId, [searchDocumentOf(row, lines)])
  await textChanged(tx, row)
}

async function tellMentioned(
  components: DocumentsComponents,
  tx: Tx,
  tenantId: string,
  read: { readonly row: ProjectionRow; readonly doc: DocumentNode; readonly authorId: string | null },
): Promise<void> {
  const { row, doc, authorId } = read
  const found = (await schema()).mentionsOf(doc)
  const ids = found.map((one) => one.accountId)
  const readers = await readersAmong(components, tx, row, ids)
  const mentions = found
    .filter((one) => readers.has(one.accountId))
    .map((one) => ({ accountId: one.accountId, text: excerptOf([one.line], MENTION_LENGTH) }))
  await keepMentions(
    tx,
    row.id,
    row.id,
    mentions.map((one) => one.accountId),
  )
  const at = new Date(components.clock.now())
  const place = { documentId: row.id, placeId: row.id, threadId: null, authorId, at }
  for (const accountId of await addMentions(tx, tenantId, place, mentions))
    if (accountId !== authorId) await mentioned(tx, accountId, place)
}

/** Hourly, for each tenant: texts that were changed and not read since, e.g. because the process was killed in between. */
export function sweepTextsJob({
  database,
  statesync,
  onSwept,
}: DocumentsComponents): JobDefinition<TenantJobData> {
  return {
    ...{ name: SWEEP_TEXTS, retryLimit: 3, concurrency: 1, expireInSeconds: 900 },
    async run({ data: { tenantId }, signal }) {
      const actor = { tenantId, accountId: null }
      let pageToken = ''
      let found = 0
      do {
        signal.throwIfAborted()
        const page = await statesync.listDocuments({ tenantId, pageToken, pageSize: 500 })
        const versions = new Map(page.documents.map((one) => [one.documentId, Number(one.version)]))
        found += await database.tenant(actor, async (tx) => {
          const projected = await projectedVersions(tx, [...versions.keys()])
          const behind = [...projected].filter(([id, version]) => version < (versions.get(id) ?? 0))
          for (const [documentId] of behind)
            await tx.enqueue({ name: PROJECT, data: { tenantId, documentId }, singletonKey: documentId })
          return behind.length
        })
        pageToken = page.nextPageToken
      } while (pageToken !== '')
      if (found > 0) onSwept('document_texts', found)
    },
  }
}
