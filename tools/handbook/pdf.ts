import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from 'pdf-lib'
import { type Block, blocksOf } from './blocks.ts'

/** A5, in points. */
const WIDTH = 420
const HEIGHT = 595
const MARGIN = 54
const BODY = { size: 10.5, leading: 15.5 }
const HEADINGS = { 1: { size: 20, leading: 27 }, 2: { size: 13, leading: 19 } } as const
const INK = rgb(0.12, 0.11, 0.1)

interface Fonts {
  readonly body: PDFFont
  readonly heading: PDFFont
}

/** What the standard fonts cannot draw, said otherwise. */
const printable = (text: string): string =>
  text
    .replaceAll('⌘', 'Cmd-')
    .replace(/[^\u0020-\u007e\u00a0-\u00ff–—‘’“”…•]/g, '')
    .replace(/ {2,}/g, ' ')

class Typesetter {
  readonly #document: PDFDocument
  readonly #fonts: Fonts
  #page: PDFPage
  #y = HEIGHT - MARGIN

  constructor(document: PDFDocument, fonts: Fonts) {
    this.#document = document
    this.#fonts = fonts
    this.#page = document.addPage([WIDTH, HEIGHT])
  }

  add(block: Block): void {
    if (block.kind === 'heading') this.#heading(block.level, printable(block.text))
    else {
      const indent = block.kind === 'item' ? 14 : 0
      const text = block.kind === 'item' ? `• ${printable(block.text)}` : printable(block.text)
      this.#lines(text, this.#fonts.body, BODY, indent)
      this.#y -= 5
    }
  }

  #heading(level: 1 | 2, text: string): void {
    if (level === 1 && this.#y < HEIGHT - MARGIN) this.#newPage()
    const style = HEADINGS[level]
    if (level === 2) this.#y -= 10
    // A heading never stands alone at the foot of a page.
    if (this.#y - style.leading - 3 * BODY.leading < MARGIN) this.#newPage()
    this.#lines(text, this.#fonts.heading, style, 0)
    this.#y -= 4
  }

  #lines(text: string, font: PDFFont, style: { size: number; leading: number }, indent: number): void {
    for (const line of broken(text, font, style.size, WIDTH - 2 * MARGIN - indent)) {
      if (this.#y - style.leading < MARGIN) this.#newPage()
      this.#y -= style.leading
      this.#page.drawText(line, { x: MARGIN + indent, y: this.#y, size: style.size, font, color: INK })
    }
  }

  #newPage(): void {
    this.#page = this.#document.addPage([WIDTH, HEIGHT])
    this.#y = HEIGHT - MARGIN
  }
}

function broken(text: string, font: PDFFont, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && font.widthOfTextAtSize(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

/** The handbook as a plain, well-set PDF; the same bytes for the same text. */
export async function handbookPdf(markdown: string): Promise<Uint8Array> {
  const { fields, blocks } = blocksOf(markdown)
  const document = await PDFDocument.create()
  const fixed = new Date('2026-01-01T00:00:00Z')
  document.setTitle(fields.title ?? '', { showInWindowTitleBar: true })
  document.setAuthor('The Stoa project')
  document.setLanguage('en')
  document.setCreator('Stoa')
  document.setProducer('Stoa')
  document.setCreationDate(fixed)
  document.setModificationDate(fixed)
  const fonts = {
    body: await document.embedFont(StandardFonts.TimesRoman),
    heading: await document.embedFont(StandardFonts.TimesRomanBold),
  }
  const setter = new Typesetter(document, fonts)
  for (const block of blocks) setter.add(block)
  return document.save({ useObjectStreams: false })
}
