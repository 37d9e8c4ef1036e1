import { toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { api } from '../../../data/api.ts'
import type { DocumentInfo, ExportFormat } from '../../../data/documents.ts'
import { errorOf } from '../../../data/problem.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { fileName, saveFile } from '../../../frame/save-file.ts'

const ENDS: Readonly<Record<ExportFormat, string>> = {
  markdown: 'md',
  html: 'html',
  docx: 'docx',
  epub: 'epub',
}

/** Saves the document as a file. */
export async function exportDocument({ id, title }: DocumentInfo, format: ExportFormat): Promise<void> {
  try {
    const { response, error } = await api.GET('/api/v1/documents/{document_id}/export', {
      params: { path: { document_id: id }, query: { format } },
      parseAs: 'stream',
    })
    if (!response.ok) throw errorOf(response, error)
    const name = fileName(title.trim() || t.untitled(), ENDS[format])
    saveFile(await response.blob(), name)
    toast(t.exported({ name }))
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
  }
}
