import type { PassageKind } from '../types.ts'

/** A paragraph, or a list, table, poem or note as a whole: a span of the section's text. */
export interface Block {
  kind: PassageKind
  start: number
  end: number
  /** Titles above it. Blocks below the same heading share one array. */
  path: readonly string[]
  /** As marked in the document. */
  language: string | undefined
}
