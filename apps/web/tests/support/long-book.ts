import { buildEpub } from '@stoa/testkit/books/index'

const CHAPTERS = 3
const PARAGRAPHS = 40

/** The words with which a paragraph of {@link longBook} begins; each stands there once. Both from 1. */
export const paragraph = (chapter: number, number: number): string => `Entry ${chapter}.${number} of the log.`

/** A book of some fifty pages whose every place has words of its own. */
export function longBook(title: string): Uint8Array<ArrayBuffer> {
  const text =
    'The wind stood in the north-west, the glass was steady, and from the gallery two sails were seen ' +
    'beyond the bar, of which one came in on the evening tide and the other had gone by morning.'
  return buildEpub({
    title,
    language: 'en-GB',
    identifier: `urn:x:${title.toLowerCase().replaceAll(' ', '-')}`,
    chapters: Array.from({ length: CHAPTERS }, (_, chapter) => ({
      file: `c${chapter}.xhtml`,
      title: `Book ${chapter + 1}`,
      body: `<h1>Book ${chapter + 1}</h1>${Array.from(
        { length: PARAGRAPHS },
        (_, number) => `<p>${paragraph(chapter + 1, number + 1)} ${text}</p>`,
      ).join('')}`,
    })),
  })
}
