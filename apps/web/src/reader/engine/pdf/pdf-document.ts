import {
  GlobalWorkerOptions,
  getDocument,
  InvalidPDFException,
  PasswordException,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import type { BookMetadata } from '../book-view.ts'
import { ReaderError } from '../errors.ts'

export type { PDFDocumentProxy, PDFPageProxy }

/** One open file. pdf.js works in a worker of its own, which `close` ends. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy
  close(): Promise<void>
}

/** @throws ReaderError `reader.protected` for files with a password, `reader.damaged` for what is no PDF. */
export async function openPdf(source: Blob): Promise<OpenPdf> {
  GlobalWorkerOptions.workerSrc = workerUrl
  const base = new URL(`${import.meta.env.BASE_URL}${PDFJS_ASSETS}`, document.baseURI).href
  const parameters = {
    data: new Uint8Array(await source.arrayBuffer()),
    cMapUrl: `${base}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${base}standard_fonts/`,
    wasmUrl: `${base}wasm/`,
    iccUrl: `${base}iccs/`,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  }
  let task: PDFDocumentLoadingTask | undefined
  try {
    task = getDocument(parameters)
    const pdf = await task.promise
    return { pdf, close: () => task?.destroy() ?? Promise.resolve() }
  } catch (error) {
    await task?.destroy()
    if (error instanceof PasswordException) {
      throw new ReaderError('reader.protected', 'The PDF needs a password.', error)
    }
    if (error instanceof InvalidPDFException)
      throw new ReaderError('reader.damaged', 'The PDF is damaged.', error)
    throw new ReaderError('reader.damaged', 'The PDF could not be read.', error)
  }
}

export async function pdfMetadata(pdf: PDFDocumentProxy): Promise<BookMetadata> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }))
  const field = (name: string) => {
    const value = (info as Readonly<Record<string, unknown>>)[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const author = field('Author')
  const language = field('Language')
  return {
    ...(field('Title') ? { title: field('Title') } : {}),
    authors: author ? [author] : [],
    languages: language ? [language] : [],
  }
}
