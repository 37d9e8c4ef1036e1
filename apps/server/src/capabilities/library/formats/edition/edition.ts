/** A book on its way to becoming an EPUB: clean markup, cut into chapters. */
export interface Edition {
  title: string
  authors: readonly string[]
  language: string
  description?: string | undefined
  publisher?: string | undefined
  published?: string | undefined
  subjects?: readonly string[]
  series?: { name: string; index?: number | undefined } | undefined
  identifiers?: readonly string[]
  chapters: readonly EditionChapter[]
  pictures: readonly EditionPicture[]
}

export interface EditionChapter {
  /** Well-formed XHTML for the body. */
  body: string
  /** Absent for the continuation of a chapter too long for one document. */
  title?: string | undefined
  /** Depth in the table of contents, from 0. */
  level: number
  /** Headings inside that the table of contents lists below the chapter, deeper than it. */
  headings: readonly { title: string; id: string; level: number }[]
}

export interface EditionPicture {
  /** File name below `EPUB/`. */
  file: string
  mediaType: string
  bytes: Uint8Array
  cover?: boolean
}

/** The file of the chapter with this number, from 0. */
export function chapterFile(index: number): string {
  return `chapter${index + 1}.xhtml`
}
