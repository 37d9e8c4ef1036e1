import type { Book } from '../../data/books.ts'

/** A book's description as text fields. */
export interface BookForm {
  readonly title: string
  readonly subtitle: string
  readonly authors: string
  readonly series: string
  readonly seriesIndex: string
  readonly language: string
  readonly publisher: string
  readonly published: string
  readonly tags: string
  readonly description: string
}

export const bookForm = (book: Book): BookForm => ({
  title: book.title,
  subtitle: book.subtitle ?? '',
  authors: book.authors.join('; '),
  series: book.series ?? '',
  seriesIndex: book.series_index === null ? '' : String(book.series_index),
  language: book.language ?? '',
  publisher: book.publisher ?? '',
  published: book.published ?? '',
  tags: book.tags.join(', '),
  description: book.description ?? '',
})

const listOf = (text: string, separator: RegExp): string[] => [
  ...new Set(
    text
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
]

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

type Described = Pick<
  Book,
  | 'title'
  | 'subtitle'
  | 'authors'
  | 'series'
  | 'series_index'
  | 'language'
  | 'publisher'
  | 'published'
  | 'tags'
  | 'description'
>

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]+)*$/

function described(form: BookForm, before: Described): Described {
  const index = Number(form.seriesIndex.replace(',', '.'))
  const language = form.language.trim()
  return {
    title: form.title.trim(),
    subtitle: orNull(form.subtitle),
    authors: listOf(form.authors, /[;；]/),
    series: orNull(form.series),
    series_index: form.seriesIndex.trim() === '' || !(index >= 0) ? null : index,
    language: language === '' ? null : LANGUAGE.test(language) ? language : before.language,
    publisher: orNull(form.publisher),
    published: orNull(form.published),
    tags: listOf(form.tags, /[,，]/),
    description: orNull(form.description),
  }
}

/** Only what was changed: what nobody touched is not marked as corrected by hand. */
export function changesOf(book: Described, form: BookForm): Partial<Described> {
  const wanted = described(form, book)
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(book[field as keyof Described]),
    ),
  )
}
