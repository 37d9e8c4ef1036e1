import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type LabelledSet, outputOf, passagesOf, placeOf, type Query } from './labelled.ts'

const WORDS = 120
const PODS = '/usr/share/perl'
const DEBIAN = '/usr/share/doc/debian/FAQ/debian-faq.en.txt.gz'

const words = (text: string): number => text.split(/\s+/).length

interface Section {
  /** The question that it answers; its words are not in the text. */
  readonly question?: string
  readonly paragraphs: readonly string[]
}

/**
 * The questions of Perl's FAQ and Debian's, each heading taken away from its answer, among all of Perl's documentation.
 * Debian: perl-doc, debian-faq. Any passage of the answer counts for it.
 */
export function faqSet(): LabelledSet | undefined {
  const pods = globSync('*/pod/*.pod', { cwd: PODS }).sort()
  const debian = debianFaq(DEBIAN)
  if (pods.length === 0 || !debian) return undefined
  const documents = pods.map((file) => podSections(readFileSync(join(PODS, file), 'utf8'), basename(file)))
  return labelledSet('questions of FAQs', [...documents, debian], WORDS, words)
}

export function labelledSet(
  name: string,
  documents: readonly (readonly Section[])[],
  most: number,
  sizeOf: (text: string) => number,
): LabelledSet {
  const queries: Query[] = []
  const units = new Map<string, string>()
  const books = documents.map((sections, book) => {
    const texts: string[] = []
    for (const [index, { question, paragraphs }] of sections.entries()) {
      const passages = passagesOf(paragraphs, most, sizeOf)
      const unit = `section ${book}:${index}`
      for (const passage of passages) units.set(placeOf(book, texts.push(passage) - 1), unit)
      if (question && /[?？]/.test(question) && passages.length > 0) {
        queries.push({ text: question, relevant: new Set([unit]) })
      }
    }
    return texts
  })
  return { name, books, queries, unitOf: (place) => units.get(place) ?? place }
}

/** Plain Old Documentation: `=head2` in a FAQ is a question; elsewhere headings stay with their text. */
function podSections(pod: string, file: string): Section[] {
  const isFaq = /^perlfaq\d/.test(file)
  return pod.split(/^(?==head\d )/m).map((part) => {
    const [heading = '', ...paragraphs] = part.split(/\n\s*\n/)
    const title = unformat(heading.replace(/^=head\d\s+/, ''))
    const text = paragraphs.filter((paragraph) => !/^=(?:cut|over|back|pod)/.test(paragraph)).map(unformat)
    if (isFaq && heading.startsWith('=head2 ')) return { question: title, paragraphs: text }
    return { paragraphs: [title, ...text] }
  })
}

const unformat = (text: string): string =>
  text
    .replace(/X<[^>]*>/g, '')
    .replace(/^=item\s+/gm, '')
    .replace(/[A-Z]<+\s*(.*?)\s*>+/gs, '$1')
    .trim()

/** A numbered text: `2.3. How do I …?` after the table of contents, then its answer. */
export function debianFaq(file: string, joint = ' '): Section[] | undefined {
  const text = existsSync(file) ? outputOf('zcat', file) : undefined
  if (!text) return undefined
  const sections: { question?: string; paragraphs: string[] }[] = [{ paragraphs: [] }]
  for (const block of afterContents(text).split(/\n\s*\n/)) {
    const lines = block.split('\n').map((line) => line.trim())
    const joined = lines.join(joint).trim()
    const question = /^\d+\.\d+\.(?:\d+\.)?\s*(.+)$/s.exec(joined)?.[1]
    if (question && !block.startsWith(' ')) sections.push({ question, paragraphs: [] })
    else if (joined !== '') sections.at(-1)?.paragraphs.push(joined)
  }
  return sections
}

/** The first heading that is not indented begins the text itself. */
const afterContents = (text: string): string => {
  const start = text.search(/^1\.1\. /m)
  return start < 0 ? text : text.slice(start)
}
