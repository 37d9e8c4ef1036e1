/** Book formats: what a file is, what it says about itself, its text in citable passages, what the reader opens. */
export { analyse } from './analyse.ts'
export { type ProcessedCover, processCover } from './cover.ts'
export { FileError, type FileErrorCode, fileErrorCodes } from './errors.ts'
export { passages } from './passages.ts'
export { type AnalysedFile, readFile } from './read-file.ts'
export { readingEdition } from './reading-edition.ts'
export type * from './types.ts'
export { type BookReaderOptions, BookReaderPool } from './worker/pool.ts'
