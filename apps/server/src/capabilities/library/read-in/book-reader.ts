import type { BookAnalysis, Passage } from '../formats/types.ts'

/** A file under analysis, somewhere it can cost only so much: see formats/worker. */
export interface BookReader {
  /** @throws FileError with the reason to show */
  analyse(file: { path: string; name: string }, signal: AbortSignal): Promise<AnalysedFile>
  /** In reading order, in batches. @param known what was just found in the same file @throws FileError */
  passages(
    file: { path: string; name: string },
    signal: AbortSignal,
    known?: BookAnalysis,
  ): AsyncIterable<readonly Passage[]>
}

export interface AnalysedFile {
  readonly analysis: BookAnalysis
  /** The EPUB that stands for a text format in the reader. */
  readonly edition?: Uint8Array
  readonly cover?: { small: Uint8Array; large: Uint8Array; width: number; height: number; color: string }
}
