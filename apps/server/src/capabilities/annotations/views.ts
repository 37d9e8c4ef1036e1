import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { AnnotationComponents } from './components.ts'
import type { HighlightRow } from './store/highlights.ts'
import type { NoteRow } from './store/notes.ts'

export type Highlight = components['schemas']['Highlight']
export type Note = components['schemas']['Note']

/** Names of people and books, looked up once for a whole page. */
export interface Names {
  readonly people: ReadonlyMap<string, string>
  readonly titles: ReadonlyMap<string, string>
  readonly accountId: string
}

export async function namesFor(
  components: AnnotationComponents,
  tx: Tx,
  context: TenantContext,
  rows: readonly { account_id: string; book_id: string | null }[],
): Promise<Names> {
  const bookIds = [...new Set(rows.map((row) => row.book_id).filter((id) => id !== null))]
  const people = await components.people(tx, [...new Set(rows.map((row) => row.account_id))])
  return { people, titles: await components.bookTitles(tx, context, bookIds), accountId: context.accountId }
}

interface Common {
  account_id: string
  visibility: 'private' | 'workspace'
  tags: string[]
  created_at: Date
  updated_at: Date
  deleted_at: Date | null
}

/** Somebody else's that has turned private is shown as removed, without what was written since. */
function common(row: Common, { people, accountId }: Names) {
  const mine = row.account_id === accountId
  const hidden = !mine && row.visibility === 'private'
  return {
    hidden,
    fields: {
      tags: hidden ? [] : row.tags,
      author: { account_id: row.account_id, display_name: people.get(row.account_id) ?? '' },
      mine,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
      deleted_at: (hidden ? row.updated_at : row.deleted_at)?.toISOString() ?? null,
    },
  }
}

export function highlightView(row: HighlightRow, names: Names): Highlight {
  const { hidden, fields } = common(row, names)
  const { id, book_id, workspace_id, chapter, visibility, anchor_status, version } = row
  return {
    id,
    book_id,
    book_title: names.titles.get(book_id) ?? '',
    workspace_id,
    locator: row.locator as Highlight['locator'],
    quote: { ...row.quote },
    chapter,
    color: row.color as Highlight['color'],
    note: hidden ? null : row.note,
    visibility,
    anchor_status,
    version,
    ...fields,
  }
}

export function noteView(row: NoteRow, names: Names): Note {
  const { hidden, fields } = common(row, names)
  const { id, workspace_id, book_id, highlight_id, visibility, version } = row
  return {
    id,
    workspace_id,
    book_id,
    book_title: book_id === null ? null : (names.titles.get(book_id) ?? null),
    highlight_id,
    locator: row.locator as Note['locator'],
    quote: row.quote && { ...row.quote },
    title: hidden ? null : row.title,
    body: hidden ? '' : row.body,
    visibility,
    version,
    ...fields,
  }
}
