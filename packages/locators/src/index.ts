export {
  type Anchorable,
  type Anchored,
  type AnchorOptions,
  anchor,
  anchorInSection,
} from './anchor/anchor.ts'
export {
  type DomSectionText,
  epubSection,
  pdfSection,
  type SectionText,
  type Span,
  type TextModel,
} from './anchor/model.ts'
export * from './cfi/index.ts'
export { LocatorError, type LocatorErrorCode } from './errors.ts'
export {
  checkLocator,
  compareLocators,
  type EpubLocator,
  type Locator,
  type PdfLocator,
  sectionOf,
} from './locator.ts'
export {
  boundsOfQuads,
  invert,
  isQuad,
  type Matrix,
  normaliseQuads,
  type PdfRect,
  type Quad,
  quadFromRect,
  rectOfQuad,
  transformQuad,
} from './pdf.ts'
export { type PdfPageText, type PdfTextItem, pdfPageText } from './pdf-text.ts'
export * from './quote/index.ts'
export { type DomText, domText } from './text/dom-text.ts'
export { normalise } from './text/normalise.ts'
export {
  EPUB_CFI,
  type FragmentSelector,
  fromSelectors,
  PDF_FRAGMENT,
  type Selector,
  type TextPositionSelector,
  type TextQuoteSelector,
  toSelectors,
} from './web-annotation.ts'
