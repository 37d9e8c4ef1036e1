import type { PDFDocumentProxy } from 'pdfjs-dist'
import { cleanDescription, cleanLanguage, cleanList, cleanText } from '../metadata/clean.ts'
import { toIdentifier, uniqueIdentifiers } from '../metadata/identifier.ts'
import type { BookAnalysis } from '../types.ts'

export type PdfMetadata = Pick<
  BookAnalysis,
  'authors' | 'identifiers' | 'subjects' | 'language' | 'publisher' | 'published' | 'description'
> & { title?: string | undefined }

/** The document's information dictionary and XMP. A creation date is not a date of publication and is left alone. */
export async function readMetadata(document: PDFDocumentProxy): Promise<PdfMetadata> {
  const found = await document.getMetadata().catch(() => undefined)
  const info: Record<string, unknown> = { ...found?.info }
  const xmp = (name: string): unknown => found?.metadata?.get(name)
  const first = (...values: unknown[]) => values.flatMap(strings).find((value) => value.trim() !== '')
  return {
    title: cleanTitle(first(xmp('dc:title'), info.Title)),
    authors: cleanList(
      splitNames(strings(xmp('dc:creator')).length > 0 ? strings(xmp('dc:creator')) : strings(info.Author)),
      'name',
    ),
    language: cleanLanguage(first(info.Language, xmp('dc:language'))),
    identifiers: uniqueIdentifiers(
      [xmp('dc:identifier'), xmp('prism:isbn'), xmp('prism:doi')]
        .flatMap(strings)
        .map((text) => toIdentifier(text)),
    ),
    publisher: cleanText(first(xmp('dc:publisher'))),
    published: cleanText(first(xmp('prism:publicationdate'), xmp('dc:date')))?.slice(0, 40),
    description: cleanDescription(first(xmp('dc:description'), info.Subject)),
    subjects: cleanList(subjectsOf(xmp('dc:subject'), info.Keywords)),
  }
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string' && each !== '')
}

/** What programs put there by themselves is no title. */
function cleanTitle(title: string | undefined): string | undefined {
  const clean = cleanText(title?.replace(/^Microsoft (Word|PowerPoint) - /, ''), 'title')
  if (!clean || /^(untitled|document\d*|slide 1|noname)$/i.test(clean)) return undefined
  return /\.(docx?|pptx?|indd|qxd|tex|dvi|ps|pdf|rtf|xlsx?)$/i.test(clean) ? undefined : clean
}

/** Names are told apart by semicolons, in Chinese also by 、 and ；. A comma may stand inside a name. */
function splitNames(names: readonly string[]): string[] {
  return names.flatMap((name) => name.split(/[;；、]/))
}

function subjectsOf(subjects: unknown, keywords: unknown): string[] {
  const listed = strings(subjects)
  return listed.length > 0 ? listed : strings(keywords).flatMap((text) => text.split(/[;,；，]/))
}
