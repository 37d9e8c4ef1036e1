import MarkdownIt from 'markdown-it'
import { cleanLanguage, cleanText, titleFromName } from '../metadata/clean.ts'
import { detectLanguage } from '../text/language.ts'
import { parseHtml } from '../xml/parse-html.ts'
import { childElement, firstDescendant, plainText, textContent } from '../xml/query.ts'
import { cutChapters } from './chapters.ts'
import type { Edition } from './edition.ts'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import { PictureStore } from './pictures.ts'

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })

/** A clean edition of a Markdown text; HTML in it stays text. */
export function markdownEdition(source: string, name: string): Edition {
  const { fields, body: text } = readFrontMatter(source)
  const root = parseHtml(markdown.render(text), name)
  const body = childElement(root, 'body') ?? root
  const pictures = new PictureStore()
  const first = (...keys: string[]) => keys.flatMap((key) => fields.get(key) ?? [])[0]
  return {
    title:
      first('title') ?? cleanText(plainText(firstDescendant(body, 'h1')), 'title') ?? titleFromName(name),
    authors: authorsOf(fields),
    language:
      cleanLanguage(first('lang', 'language')) ?? detectLanguage(textContent(body).slice(0, 20_000)) ?? 'en',
    description: first('description', 'abstract'),
    published: first('date')?.slice(0, 40),
    subjects: [...(fields.get('tags') ?? []), ...(fields.get('keywords') ?? [])],
    chapters: cutChapters(body, pictures),
    pictures: pictures.pictures,
  }
}

function authorsOf(fields: FrontMatter['fields']): string[] {
  return [...(fields.get('author') ?? []), ...(fields.get('authors') ?? [])]
}
