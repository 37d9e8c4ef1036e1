import type { Block } from '../segment/block.ts'
import { sameTitle } from '../segment/heading-path.ts'
import { isUnspaced } from '../segment/weigh.ts'
import type { Line, PageLines } from './lines.ts'
import { type OutlineMark, pathAt } from './outline.ts'

/** A page as running text, each character traceable to the page's text as pdf.js gives it. */
export interface PageText {
  text: string
  blocks: Block[]
  /** Offset in the page's text of the character at `offset`. */
  sourceOf(offset: number): number
}

/** Puts the lines of a page together to paragraphs below the titles of the outline. */
export function buildPageText(
  page: PageLines,
  marks: readonly OutlineMark[],
  language: string | undefined,
): PageText {
  const builder = new PageTextBuilder(language)
  const leading = usualLeading(page.lines)
  let before: Line | undefined
  for (const line of page.lines) {
    const path = pathAt(marks, page.page, line.y)
    const heading = path.length > 0 && sameTitle(path.at(-1) ?? '', line.text)
    const fresh =
      !before ||
      path !== builder.path ||
      heading !== builder.heading ||
      beginsParagraph(before, line, leading)
    if (fresh) builder.begin(path, heading)
    builder.addLine(line)
    before = line
  }
  return builder.finish()
}

class PageTextBuilder implements PageText {
  text = ''
  readonly blocks: Block[] = []
  path: readonly string[] | undefined
  heading = false
  readonly #language: string | undefined
  readonly #starts: number[] = []
  readonly #sources: number[] = []
  #blockStart = 0

  constructor(language: string | undefined) {
    this.#language = language
  }

  begin(path: readonly string[], heading: boolean): void {
    this.#endBlock()
    this.path = path
    this.heading = heading
  }

  addLine(line: Line): void {
    this.#joinTo(line.text)
    for (const item of line.items) this.#append(item.text, item.start)
  }

  finish(): PageText {
    this.#endBlock()
    return this
  }

  sourceOf(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return (this.#sources[low - 1] ?? 0) + offset - (this.#starts[low - 1] ?? 0)
  }

  #append(text: string, source: number): void {
    this.#starts.push(this.text.length)
    this.#sources.push(source)
    this.text += text
  }

  /** What stands between two lines of a paragraph: a space; nothing between Han characters; a hyphen at the end goes. */
  #joinTo(next: string): void {
    if (this.text.length === this.#blockStart) return
    const end = this.text.trimEnd()
    this.text = end
    if (/\p{L}[-\u00ad\u2010]$/u.test(end.slice(-3)) && /^\p{Ll}/u.test(next)) this.text = end.slice(0, -1)
    else if (!(isUnspaced(end.charCodeAt(end.length - 1)) || /[\u3000-\u303f\uff00-\uffef]$/.test(end)))
      this.text += ' '
  }

  #endBlock(): void {
    this.text = this.text.trimEnd()
    const { length } = this.text
    if (length > this.#blockStart) {
      const kind = this.heading ? 'heading' : 'text'
      const start = this.#blockStart + (/^\s*/.exec(this.text.slice(this.#blockStart))?.[0].length ?? 0)
      this.blocks.push({ kind, start, end: length, path: this.path ?? [], language: this.#language })
      this.text += '\n'
    }
    this.#blockStart = this.text.length
  }
}

/** The distance from line to line that occurs in the middle of the page's distances. */
function usualLeading(lines: readonly Line[]): number {
  const distances = lines.flatMap((line, i) => {
    const before = lines[i - 1]
    const distance = before ? before.y - line.y : 0
    return distance > 0 && distance < line.height * 3 ? distance : []
  })
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0
}

function beginsParagraph(before: Line, line: Line, leading: number): boolean {
  const distance = before.y - line.y
  const ended = /[.!?:。！？：”’"」』)]\s*$/.test(before.text)
  // Upwards: the next column, where a sentence may go on.
  if (distance < 0) return ended
  if (distance > leading * 1.35 && distance > line.height) return true
  if (Math.abs(before.height - line.height) > line.height * 0.15) return true
  const indent = line.x - before.x
  return ended && indent > line.height * 0.8 && indent < line.height * 6
}
