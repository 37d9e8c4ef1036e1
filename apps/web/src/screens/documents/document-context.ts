import { createContext, useContext } from 'react'
import type { DocumentInfo } from '../../data/documents.ts'
import type { OpenDocument } from './session/open-document.ts'

export interface Shown {
  readonly info: DocumentInfo
  readonly open: OpenDocument
  /** The text may be changed here and now. */
  readonly editable: boolean
}

/** The document on screen. */
export const ShownDocument = createContext<Shown | undefined>(undefined)

export function useShown(): Shown {
  const shown = useContext(ShownDocument)
  if (!shown) throw new Error('useShown is only for what stands inside a document.')
  return shown
}
