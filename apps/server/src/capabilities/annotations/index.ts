/** Highlights, notes and tags. The only module of this capability that others import. */
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { forEachTenant } from '../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { Capability } from '../capability.ts'
import type { AnnotationComponents } from './components.ts'
import { listAnnotationChanges } from './operations/changes.ts'
import { exportAnnotations } from './operations/export.ts'
import {
  createHighlight,
  deleteHighlight,
  getHighlight,
  listHighlightsOperation,
  restoreHighlight,
  updateHighlight,
} from './operations/highlights.ts'
import {
  createNote,
  deleteNote,
  getNote,
  listNotesOperation,
  restoreNote,
  updateNote,
} from './operations/notes.ts'
import { listTags } from './operations/tags.ts'
import { PURGE, PURGE_ALL, purgeJob } from './purge.ts'
import { findHighlight } from './store/highlights.ts'
import { findNote } from './store/notes.ts'
import { type PlaceRow, placesOf } from './store/places.ts'
import { countMarks, countTags } from './store/tags.ts'

export type { AnnotationComponents } from './components.ts'

/** Marks the caller can see in these workspaces. */
export function countAnnotations(
  tx: Tx,
  context: TenantContext,
  workspaceIds: readonly string[],
): Promise<{ highlights: number; notes: number }> {
  return countMarks(tx, { accountId: context.accountId, workspaceIds })
}

/** Where these marks lead, as far as the caller can see them. */
export function annotationPlaces(
  tx: Tx,
  viewer: { accountId: string; workspaceIds: readonly string[] },
  marks: { highlights: readonly string[]; notes: readonly string[] },
): Promise<PlaceRow[]> {
  return placesOf(tx, viewer, marks)
}

/** A note or highlight that can be quoted elsewhere. */
export interface Quotable {
  readonly id: string
  readonly account_id: string
  readonly book_id: string | null
  /** What it says: the note, or the passage that was marked. */
  readonly text: string
  readonly locator: object | null
  readonly quote: { exact: string; prefix: string; suffix: string } | null
  readonly color: string | null
  readonly created_at: Date
}

/** A mark that the viewer can see. */
export async function quotableMark(
  tx: Tx,
  viewer: { accountId: string; workspaceIds: readonly string[] },
  kind: 'note' | 'highlight',
  id: string,
): Promise<Quotable | undefined> {
  if (kind === 'note') {
    const note = await findNote(tx, viewer, id)
    return note?.deleted_at === null ? { ...note, text: note.body, color: null } : undefined
  }
  const highlight = await findHighlight(tx, viewer, id)
  if (highlight?.deleted_at !== null) return undefined
  return { ...highlight, text: highlight.note ?? highlight.quote.exact }
}

/** Tags on marks that the caller can see and that begin so. */
export function annotationTags(
  tx: Tx,
  viewer: { accountId: string; workspaceIds: readonly string[] },
  prefix: string,
  limit: number,
): Promise<{ tag: string; count: number }[]> {
  return countTags(tx, viewer, { prefix, limit })
}

export function createAnnotations(components: AnnotationComponents): Capability {
  return {
    name: 'annotations',
    operations: [
      listHighlightsOperation,
      createHighlight,
      getHighlight,
      updateHighlight,
      deleteHighlight,
      restoreHighlight,
      listNotesOperation,
      createNote,
      getNote,
      updateNote,
      deleteNote,
      restoreNote,
      listAnnotationChanges,
      exportAnnotations,
      listTags,
    ].map((create) => create(components)),
    jobs: [
      purgeJob(components) as unknown as JobDefinition,
      forEachTenant(components.database, { name: PURGE_ALL, schedule: '13 4 * * *', job: PURGE }),
    ],
    services: [],
  }
}
