import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import {
  FileDamagedError,
  FileDrmError,
  type FileError,
  FilePasswordError,
  FileTooLargeError,
  FileTruncatedError,
} from '../errors.ts'
import { limits } from '../limits.ts'
import type { ByteSource } from '../source.ts'

/** A PDF open in pdf.js; dispose it to free what pdf.js holds. */
export interface OpenPdf extends AsyncDisposable {
  document: PDFDocumentProxy
}

/** Bytes that pdf.js asks for at a time. */
const chunk = 256 * 1024

/** Opens a PDF by ranges, so that a large one is not read as a whole. Throws a `FileError`. */
export async function openPdf(source: ByteSource): Promise<OpenPdf> {
  await refuseTruncated(source)
  const { getDocument, PDFDataRangeTransport } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const range = new PDFDataRangeTransport(source.size, null)
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = getDocument({
    range,
    rangeChunkSize: chunk,
    disableAutoFetch: true,
    disableStream: true,
    // Glyphs as paths and fonts from the package: nothing of the machine shows in the result.
    disableFontFace: true,
    useSystemFonts: false,
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    maxImageSize: 50e6,
    enableXfa: false,
    verbosity: 0,
  })
  const failed = Promise.withResolvers<never>()
  range.requestDataRange = (begin: number, end: number) => {
    // pdf.js takes the buffer for itself.
    source
      .read(begin, end - begin)
      .then((bytes) => range.onDataRange(begin, new Uint8Array(bytes)), failed.reject)
  }
  try {
    const document = await Promise.race([task.promise, failed.promise])
    if (document.numPages > limits.pages) {
      throw new FileTooLargeError({ part: 'pages', size: document.numPages, limit: limits.pages })
    }
    return { document, [Symbol.asyncDispose]: () => task.destroy() }
  } catch (error) {
    await task.destroy()
    throw await asFileError(error, source)
  }
}

/** pdf.js can rebuild a cut-off file into a shorter book; half a book is not wanted. */
async function refuseTruncated(source: ByteSource): Promise<void> {
  const tail = latin1(await source.read(Math.max(0, source.size - 32 * 1024), 32 * 1024))
  if (!tail.includes('%%EOF') && !tail.includes('startxref')) throw new FileTruncatedError()
  const head = latin1(await source.read(0, 1024))
  const declared = /\/Linearized\s[^>]{0,200}\/L\s+(\d{1,12})/.exec(head)?.[1]
  if (declared && Number(declared) > source.size) throw new FileTruncatedError()
}

async function asFileError(error: unknown, source: ByteSource): Promise<FileError | unknown> {
  if (!(error instanceof Error)) return error
  if (error.name === 'PasswordException') return new FilePasswordError()
  if (error.name === 'InvalidPDFException') {
    return new FileDamagedError({ part: 'PDF structure', reason: error.message.slice(0, 200) }, error)
  }
  if (/encryption|crypt/i.test(error.message)) {
    const content = latin1(await source.read(0, 64 * 1024 * 1024))
    return new FileDrmError({ scheme: content.includes('EBX_HANDLER') ? 'adept' : 'unknown' })
  }
  return /Exception$/.test(error.name)
    ? new FileDamagedError({ part: 'PDF structure', reason: error.message.slice(0, 200) }, error)
    : error
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
