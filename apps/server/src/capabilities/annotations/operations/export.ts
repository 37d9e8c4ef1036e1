import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { AnnotationComponents } from '../components.ts'
import { toJsonLd } from '../export/jsonld.ts'
import { type ExportedBook, toMarkdown } from '../export/markdown.ts'
import { viewerOf } from '../scope.ts'
import { listHighlights } from '../store/highlights.ts'
import { listNotes } from '../store/notes.ts'
import { type Highlight, highlightView, type Note, namesFor, noteView } from '../views.ts'

/** More than anybody marks in years; a bound all the same. */
const MAX_MARKS = 20_000

async function everything(components: AnnotationComponents, tx: Tx, context: TenantContext, bookId?: string) {
  const viewer = await viewerOf(components, tx, context)
  const filter = { ...viewer, mine: bookId === undefined, words: [], ...(bookId && { bookId }) }
  const page = { sort: 'book', limit: MAX_MARKS } as const
  const rows = {
    highlights: await listHighlights(tx, filter, page),
    notes: await listNotes(tx, filter, page),
  }
  const names = await namesFor(components, tx, context, [...rows.highlights, ...rows.notes])
  return {
    highlights: rows.highlights.map((row) => highlightView(row, names)),
    notes: rows.notes.map((row) => noteView(row, names)),
  }
}

/** By book, in the order of the marks; notes without a book come last. */
async function byBook(
  components: AnnotationComponents,
  tx: Tx,
  context: TenantContext,
  marks: { highlights: readonly Highlight[]; notes: readonly Note[] },
): Promise<ExportedBook[]> {
  const books: ExportedBook[] = []
  for (const id of new Set([...marks.highlights, ...marks.notes].map((mark) => mark.book_id))) {
    const book = id === null ? undefined : await components.visibleBook(tx, context, id)
    books.push({
      id: id ?? '',
      title: book?.title ?? 'Notes',
      authors: book?.authors ?? [],
      highlights: marks.highlights.filter((mark) => mark.book_id === id),
      notes: marks.notes.filter((mark) => mark.book_id === id),
    })
  }
  return books
}

export const exportAnnotations = (components: AnnotationComponents): Operation =>
  operation('exportAnnotations', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      if (query.book_id) await components.visibleBook(tx, context, query.book_id)
      const marks = await everything(components, tx, context, query.book_id)
      const baseUrl = components.publicUrl()
      if (query.format === 'jsonld') {
        const headers = {
          'content-type': 'application/ld+json',
          'content-disposition': 'attachment; filename="annotations.jsonld"',
        }
        return { status: 200, headers, body: toJsonLd(marks.highlights, marks.notes, baseUrl) }
      }
      const link = (mark: Highlight) => `${baseUrl}/books/${mark.book_id}?highlight=${mark.id}`
      const headers = {
        'content-type': 'text/markdown',
        'content-disposition': 'attachment; filename="annotations.md"',
      }
      return { status: 200, headers, body: toMarkdown(await byBook(components, tx, context, marks), link) }
    }),
  )
