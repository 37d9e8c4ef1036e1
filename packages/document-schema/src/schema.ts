import { getSchema } from '@tiptap/core'
import { documentExtensions } from './extensions.ts'

/** The one schema of documents; the editor's is equal to it. */
export const documentSchema = getSchema([...documentExtensions])

/** Name of the `Y.XmlFragment` that holds the text in a document's `Y.Doc`. */
export const DOCUMENT_FRAGMENT = 'content'
