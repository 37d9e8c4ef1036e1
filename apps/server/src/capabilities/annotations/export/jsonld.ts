import { type Locator, toSelectors } from '@stoa/locators'
import type { Highlight, Note } from '../views.ts'

/** Highlights and notes as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), one AnnotationCollection. */

interface Body {
  readonly type: 'TextualBody'
  readonly value: string
  readonly format?: string
  readonly purpose: 'commenting' | 'tagging'
}

const tagBodies = (tags: readonly string[]): Body[] =>
  tags.map((value) => ({ type: 'TextualBody', value, purpose: 'tagging' }))

const comment = (text: string | null): Body[] =>
  text === null || text === ''
    ? []
    : [{ type: 'TextualBody', value: text, format: 'text/markdown', purpose: 'commenting' }]

/** The contract's locator in the form the locators package takes. */
function locatorOf(locator: Highlight['locator']): Locator {
  if (locator.type === 'epub') return { type: 'epub', cfi: locator.cfi }
  const { page, start, end, quads } = locator
  const range = start === undefined || end === undefined ? {} : { start, end }
  const boxes =
    quads === undefined
      ? {}
      : { quads: quads as unknown as NonNullable<Extract<Locator, { type: 'pdf' }>['quads']> }
  return { type: 'pdf', page, ...range, ...boxes }
}

function target(bookId: string, mark: Pick<Highlight, 'locator' | 'quote'>, baseUrl: string) {
  const quote = { prefix: '', suffix: '', ...mark.quote }
  return { source: `${baseUrl}/books/${bookId}`, selector: toSelectors(locatorOf(mark.locator), quote) }
}

const creator = ({ author }: Highlight | Note) => ({
  id: `urn:uuid:${author.account_id}`,
  type: 'Person',
  name: author.display_name,
})

function highlightAnnotation(highlight: Highlight, baseUrl: string): object {
  return {
    id: `urn:uuid:${highlight.id}`,
    type: 'Annotation',
    motivation: 'highlighting',
    created: highlight.created_at,
    modified: highlight.updated_at,
    creator: creator(highlight),
    body: [...comment(highlight.note), ...tagBodies(highlight.tags)],
    target: target(highlight.book_id, highlight, baseUrl),
    'stoa:color': highlight.color,
  }
}

function noteAnnotation(note: Note, baseUrl: string): object {
  const { book_id, locator, quote } = note
  const about =
    book_id === null
      ? {}
      : {
          target:
            locator && quote ? target(book_id, { locator, quote }, baseUrl) : `${baseUrl}/books/${book_id}`,
        }
  return {
    id: `urn:uuid:${note.id}`,
    type: 'Annotation',
    motivation: 'commenting',
    created: note.created_at,
    modified: note.updated_at,
    creator: creator(note),
    body: [
      ...comment(note.title === null ? note.body : `# ${note.title}\n\n${note.body}`),
      ...tagBodies(note.tags),
    ],
    ...about,
  }
}

export function toJsonLd(highlights: readonly Highlight[], notes: readonly Note[], baseUrl: string): string {
  const items = [
    ...highlights.map((highlight) => highlightAnnotation(highlight, baseUrl)),
    ...notes.map((note) => noteAnnotation(note, baseUrl)),
  ]
  const collection = {
    '@context': ['http://www.w3.org/ns/anno.jsonld', { stoa: 'https://stoa.invalid/ns#' }],
    id: `${baseUrl}/api/v1/annotations/export?format=jsonld`,
    type: 'AnnotationCollection',
    total: items.length,
    first: { type: 'AnnotationPage', startIndex: 0, items },
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}
