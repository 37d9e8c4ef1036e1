import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useIdentity } from '../../../data/use-session.ts'
import type { OpenDocument, OpenState } from './open-document.ts'
import { currentDocuments } from './open-documents.ts'

/** A document, open for as long as the component is mounted. Only inside an organisation. */
export function useDocument(documentId: string): OpenDocument {
  useIdentity()
  const documents = currentDocuments()
  if (!documents) throw new Error('useDocument is only for screens inside an organisation.')
  useEffect(() => documents.use(documentId), [documents, documentId])
  return documents.get(documentId)
}

export const useDocumentState = <Part>(open: OpenDocument, select: (state: OpenState) => Part): Part =>
  useStore(open.state, select)
