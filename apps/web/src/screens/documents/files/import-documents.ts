import { uuidv7 } from '@stoa/kernel'
import { toast } from '@stoa/ui'
import { formatBytes, formatList } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import { client } from '../../../data/api.ts'
import { type DocumentInfo, showDocument } from '../../../data/documents.ts'
import { put } from '../../../data/uploads.ts'
import { problemText } from '../../../frame/problem-text.ts'

const MOST_BYTES = 26_214_400
const KNOWN = /\.(md|markdown|docx)$/i

/** Asks for a Markdown or DOCX file; undefined when it was closed. */
export function chooseFile(): Promise<File | undefined> {
  const input = Object.assign(document.createElement('input'), {
    type: 'file',
    accept: '.md,.markdown,.docx',
  })
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files?.[0])
    input.click()
  })
}

/** Reads a file into a new document, and says what had no place in it. Undefined: it could not be read, which was said. */
export async function importDocument(workspaceId: string, file: File): Promise<DocumentInfo | undefined> {
  if (!KNOWN.test(file.name)) return refuse(t.importKinds())
  if (file.size > MOST_BYTES) return refuse(t.importTooLarge({ size: formatBytes(MOST_BYTES) }))
  try {
    const filename = file.name.replace(/[\p{Cc}/\\]/gu, '_').slice(-255)
    const body = { id: uuidv7(), workspace_id: workspaceId, filename, size: file.size }
    const { id, put: to } = await client.call('createDocumentImport', { body })
    await put(to, file, new AbortController().signal, () => {})
    const { document, left_out } = await client.call('completeDocumentImport', { path: { import_id: id } })
    showDocument(document)
    if (left_out.length > 0)
      toast({ text: t.leftOut({ what: formatList(left_out.map(nameOf)) }), seconds: 10 })
    return document
  } catch (error) {
    return refuse(problemText(error))
  }
}

function refuse(text: string): undefined {
  toast({ text, tone: 'bad' })
}

const NAMES: Readonly<Record<string, () => string>> = {
  footnote: t.leftFootnotes,
  external_image: t.leftImages,
}
const nameOf = (kind: string): string => NAMES[kind]?.() ?? kind.replaceAll('_', ' ')
