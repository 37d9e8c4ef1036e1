import {
  type Locator,
  type PdfPageText,
  pdfPageText,
  pdfSection,
  type SectionText,
  type TextModel,
} from '@stoa/locators'
import type { PDFDocumentProxy } from './pdf-document.ts'

/** The words of every page, read once and kept: text is small beside what is drawn from it. */
export class PdfTexts implements TextModel {
  readonly #pdf: PDFDocumentProxy
  readonly #pages = new Map<number, Promise<PdfPageText>>()

  constructor(pdf: PDFDocumentProxy) {
    this.#pdf = pdf
  }

  get count(): number {
    return this.#pdf.numPages
  }

  indexOf(locator: Locator): number | undefined {
    return locator.type === 'pdf' ? locator.page : undefined
  }

  async section(index: number): Promise<SectionText | undefined> {
    if (index < 0 || index >= this.count) return undefined
    return pdfSection((await this.page(index)).text, index)
  }

  page(index: number): Promise<PdfPageText> {
    const known = this.#pages.get(index)
    if (known) return known
    const text = this.#pdf
      .getPage(index + 1)
      .then((page) => page.getTextContent())
      .then(({ items }) => pdfPageText(items))
      .catch(() => pdfPageText([]))
    this.#pages.set(index, text)
    return text
  }
}
