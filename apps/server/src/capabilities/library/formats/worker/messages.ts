import type { FileErrorMessage } from '../errors.ts'
import type { AnalysedFile } from '../read-file.ts'
import type { BookAnalysis, BookFile, Passage } from '../types.ts'

/** To the worker. `more` asks for the next batch of passages: the worker never runs ahead of who stores them. */
export type Request =
  | { type: 'analyse'; file: BookFile }
  | { type: 'passages'; file: BookFile; analysis: BookAnalysis | undefined }
  | { type: 'more' }

/** From the worker: one `analysed`, or `batch`es and an `end`; `refused` for a `FileError`, `failed` for a defect. */
export type Reply =
  | { type: 'analysed'; result: AnalysedFile }
  | { type: 'batch'; passages: Passage[] }
  | { type: 'end' }
  | { type: 'refused'; error: FileErrorMessage }
  | { type: 'failed'; message: string; stack: string | undefined }
