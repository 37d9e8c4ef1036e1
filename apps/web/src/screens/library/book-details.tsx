import './book-details.css'
import { Button, Dialog, Field, Input, Textarea, toast } from '@stoa/ui'
import { Cover } from '@stoa/ui/cover'
import { formatBytes, formatMoment, getLocale } from '@stoa/ui/messages'
import { library as t } from '@stoa/ui/messages/library'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BookOpen, Download } from 'lucide-react'
import { useState } from 'react'
import { api, ok } from '../../data/api.ts'
import { type Book, bookQuery } from '../../data/books.ts'
import { ApiError } from '../../data/problem.ts'
import { SidePanel } from '../../frame/bars.tsx'
import { problemText } from '../../frame/problem-text.ts'
import { type BookForm, bookForm, changesOf } from './book-form.ts'
import { failureText } from './failure.ts'
import type { BookActs } from './use-book-acts.ts'

export interface BookDetailsProps {
  readonly bookId: string
  readonly acts: BookActs
  readonly canChange: boolean
  readonly onClose: () => void
}

/** One book beside the list: what is known about it, and correcting that. */
export function BookDetails({ bookId, acts, canChange, onClose }: BookDetailsProps) {
  const { data: book } = useQuery(bookQuery(bookId))
  const [editing, setEditing] = useState(false)
  if (!book)
    return (
      <SidePanel title="" onClose={onClose}>
        {null}
      </SidePanel>
    )
  return (
    <SidePanel title={book.title} sub={book.authors.join(', ')} onClose={onClose}>
      <div className="bookinfo">
        <Cover decorative title={book.title} author={book.authors.join(', ')} src={book.cover?.large_url} />
        <div className="row acts">
          {book.state === 'ACTIVE' && (
            <Button icon={BookOpen} asChild>
              <Link to="/books/$bookId" params={{ bookId }}>
                {t.open()}
              </Link>
            </Button>
          )}
          {book.state === 'ACTIVE' && (
            <Button icon={Download} variant="ghost" onClick={() => void acts.download(book)}>
              {t.download()}
            </Button>
          )}
          {canChange && (
            <Button variant="ghost" onClick={() => setEditing(true)}>
              {t.edit()}
            </Button>
          )}
        </div>
        {book.failure && <p className="bad">{failureText(book.failure.code)}</p>}
        {book.description && <p className="about">{book.description}</p>}
        <Facts book={book} />
      </div>
      {editing && <EditBook book={book} onClose={() => setEditing(false)} />}
    </SidePanel>
  )
}

/** The name of a language, or its code where that is unknown. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([getLocale()], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

function Facts({ book }: { book: Book }) {
  const facts: [string, string | null | undefined][] = [
    [t.subtitle(), book.subtitle],
    [t.series(), book.series && [book.series, book.series_index].filter((part) => part !== null).join(' ')],
    [t.language(), book.language && languageName(book.language)],
    [t.publisher(), book.publisher],
    [t.published(), book.published],
    [t.format(), [book.format?.toUpperCase(), formatBytes(book.size)].filter(Boolean).join(' · ')],
    [
      t.size(),
      [
        book.page_count !== null && t.pages({ count: book.page_count }),
        book.word_count !== null && t.words({ count: book.word_count }),
      ]
        .filter(Boolean)
        .join(' · '),
    ],
    [t.tags(), book.tags.join(', ')],
    [t.added(), t.addedBy({ when: formatMoment(new Date(book.added_at)), name: book.added_by.display_name })],
  ]
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

const FIELDS = [
  'title',
  'subtitle',
  'authors',
  'series',
  'seriesIndex',
  'language',
  'publisher',
  'published',
  'tags',
] as const
const HINTS: Partial<Record<keyof BookForm, () => string>> = { authors: t.authorsHint, tags: t.tagsHint }

function EditBook({ book, onClose }: { book: Book; onClose: () => void }) {
  const queries = useQueryClient()
  const [form, setForm] = useState(() => bookForm(book))
  const [base, setBase] = useState(book)
  const [theirs, setTheirs] = useState<Book>()
  const [busy, setBusy] = useState(false)
  const set = (field: keyof BookForm) => (event: { target: { value: string } }) =>
    setForm((before) => ({ ...before, [field]: event.target.value }))
  const save = async () => {
    setBusy(true)
    try {
      const body = { version: base.version, ...changesOf(base, form) }
      await ok(api.PATCH('/api/v1/books/{book_id}', { params: { path: { book_id: book.id } }, body }))
      toast({ text: t.saved() })
      onClose()
    } catch (error) {
      const current = error instanceof ApiError && error.status === 409 ? error.details.current : undefined
      if (current) {
        setTheirs(current as Book)
        setBase(current as Book)
      } else toast({ text: problemText(error), tone: 'bad' })
    } finally {
      setBusy(false)
      void queries.invalidateQueries({ queryKey: ['books'] })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.edit()}
      actions={
        <Button variant="ink" busy={busy} disabled={form.title.trim() === ''} onClick={() => void save()}>
          {t.save()}
        </Button>
      }
    >
      {theirs && (
        <div className="theirs">
          <b>{t.changedTitle()}</b>
          <p>{t.changedText()}</p>
          <p className="muted">
            {[theirs.title, theirs.authors.join(', '), theirs.tags.join(', ')].filter(Boolean).join(' · ')}
          </p>
        </div>
      )}
      <div className="editbook">
        {FIELDS.map((field) => (
          <Field key={field} label={t[field]()} hint={HINTS[field]?.()}>
            <Input value={form[field]} onChange={set(field)} maxLength={500} />
          </Field>
        ))}
        <Field label={t.description()}>
          <Textarea rows={5} value={form.description} onChange={set('description')} maxLength={20_000} />
        </Field>
      </div>
    </Dialog>
  )
}
