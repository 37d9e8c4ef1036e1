import { type DocumentNode, schema } from '../texts.ts'
import type { Images } from './images.ts'

const STYLE =
  'body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 serif}img{max-width:100%;height:auto}pre{white-space:pre-wrap}table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .5em}.tasks{list-style:none;padding-left:0}blockquote{margin:1em 1.5em}.source{font-size:.9em}'

/** A page that stands by itself: images are inside, nothing is loaded from anywhere. */
export async function htmlFile(title: string, doc: DocumentNode, images: Images): Promise<string> {
  const { escapeHtml, toHtml } = await schema()
  const imageUrl = (id: string) => {
    const image = images.get(id)
    return image && `data:${image.mediaType};base64,${Buffer.from(image.bytes).toString('base64')}`
  }
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"><title>${escapeHtml(title)}</title><style>${STYLE}</style>`
  const heading = title === '' ? '' : `<h1>${escapeHtml(title)}</h1>\n`
  return `<!doctype html>\n<html><head>${head}</head><body>\n${heading}${toHtml(doc, { imageUrl })}\n</body></html>\n`
}
