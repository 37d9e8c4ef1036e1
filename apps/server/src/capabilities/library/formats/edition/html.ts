import { cleanLanguage, cleanText, titleFromName } from '../metadata/clean.ts'
import { detectLanguage } from '../text/language.ts'
import { parseHtml } from '../xml/parse-html.ts'
import { childElement, descendants, firstDescendant, plainText, textContent } from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'
import { cutChapters } from './chapters.ts'
import type { Edition } from './edition.ts'
import { PictureStore } from './pictures.ts'

/** A clean edition of an HTML document: allowed elements only, pictures only where they are part of the file. */
export function htmlEdition(html: string, name: string): Edition {
  const root = parseHtml(html, name)
  const body = childElement(root, 'body') ?? root
  const pictures = new PictureStore()
  const heading = firstDescendant(body, 'h1')
  return {
    title: cleanText(plainText(titleElement(root)) ?? plainText(heading), 'title') ?? titleFromName(name),
    authors: metaContents(root, /^(author|dc\.creator|citation_author)$/i),
    language:
      cleanLanguage(root.getAttribute('lang')) ?? detectLanguage(textContent(body).slice(0, 20_000)) ?? 'en',
    description: metaContents(root, /^(description|dc\.description)$/i)[0],
    chapters: cutChapters(body, pictures),
    pictures: pictures.pictures,
  }
}

function titleElement(root: XmlElement): XmlElement | undefined {
  return childElement(childElement(root, 'head'), 'title')
}

function metaContents(root: XmlElement, name: RegExp): string[] {
  const head = childElement(root, 'head')
  const metas = head ? [...descendants(head, 'meta')] : []
  return metas.flatMap((meta) => {
    const content = name.test(meta.getAttribute('name') ?? '')
      ? cleanText(meta.getAttribute('content'))
      : undefined
    return content ?? []
  })
}
