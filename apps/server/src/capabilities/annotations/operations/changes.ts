import { type Operation, operation } from '../../../platform/http/operation.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { AnnotationComponents } from '../components.ts'
import { viewerOf } from '../scope.ts'
import { type HighlightRow, highlightsChanged } from '../store/highlights.ts'
import { type NoteRow, notesChanged } from '../store/notes.ts'
import { highlightView, namesFor, noteView } from '../views.ts'

/** One stretch of the tenant's sequence of changes: highlights and notes merged in its order, at most `limit` of them. */
export function oneStretch(highlights: readonly HighlightRow[], notes: readonly NoteRow[], limit: number) {
  const ids = [...highlights, ...notes].map((row) => row.change_id).sort((a, b) => a - b)
  const more = ids.length > limit
  const through = more ? (ids[limit - 1] ?? 0) : (ids.at(-1) ?? 0)
  const within = (row: { change_id: number }) => row.change_id <= through
  return { highlights: highlights.filter(within), notes: notes.filter(within), through, more }
}

export const listAnnotationChanges = (components: AnnotationComponents): Operation =>
  operation('listAnnotationChanges', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      const after = query.after === undefined ? 0 : Number(query.after)
      if (!Number.isSafeInteger(after))
        throw new Problem(400, 'cursor.invalid', 'This cursor is not one of ours.')
      const size = query.limit ?? 50
      const range = { after, limit: size + 1, ...(query.book_id && { bookId: query.book_id }) }
      const viewer = await viewerOf(components, tx, context)
      const stretch = oneStretch(
        await highlightsChanged(tx, viewer, range),
        await notesChanged(tx, viewer, range),
        size,
      )
      const names = await namesFor(components, tx, context, [...stretch.highlights, ...stretch.notes])
      const body = {
        highlights: stretch.highlights.map((row) => highlightView(row, names)),
        notes: stretch.notes.map((row) => noteView(row, names)),
        next_after: String(Math.max(stretch.through, after)),
        more: stretch.more,
      }
      return { status: 200, body }
    }),
  )
