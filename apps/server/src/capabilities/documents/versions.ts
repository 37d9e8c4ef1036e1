import type { Tx } from '../../platform/database/database.ts'
import type { DocumentsComponents } from './components.ts'
import { versionKept } from './events.ts'
import { MOST_UNNAMED, type VersionKind, wordChanges } from './rules.ts'
import { type Collision, insertVersion, thinOut, versionBefore } from './store/versions.ts'
import { type DocumentNode, schema } from './texts.ts'

export interface KeptVersion {
  readonly id: string
  readonly documentId: string
  readonly kind: VersionKind
  readonly name?: string | undefined
  readonly authors: readonly string[]
  readonly doc: DocumentNode
  readonly collisions?: readonly Collision[]
}

/** Keeps what the document says; `false` when the id is taken. */
export async function keepVersion(
  { clock }: Pick<DocumentsComponents, 'clock'>,
  tx: Tx,
  tenantId: string,
  { id, documentId, kind, name, authors, doc, collisions = [] }: KeptVersion,
): Promise<boolean> {
  const { linesOf, toDocument, wordCount } = await schema()
  const before = await versionBefore(tx, documentId, undefined)
  const linesBefore = before === undefined ? [] : linesOf(toDocument(before.content))
  const inserted = await insertVersion(tx, tenantId, {
    ...{ id, documentId, kind, collisions, name: name ?? null, authors: authors.slice(0, 20) },
    content: doc.toJSON(),
    wordCount: wordCount(doc),
    ...wordChanges(linesBefore, linesOf(doc)),
    at: new Date(clock.now()),
  })
  if (!inserted) return false
  await thinOut(tx, documentId, MOST_UNNAMED)
  await versionKept(tx, documentId, id, kind)
  return true
}
