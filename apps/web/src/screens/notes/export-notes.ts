import { toast } from '@stoa/ui'
import { notes as t } from '@stoa/ui/messages/notes'
import { client } from '../../data/api.ts'
import { problemText } from '../../frame/problem-text.ts'
import { fileName, saveFile } from '../../frame/save-file.ts'

const FILES = {
  markdown: { end: 'md', type: 'text/markdown' },
  jsonld: { end: 'jsonld', type: 'application/ld+json' },
} as const

/** Saves all highlights and notes, or those of one book, as a file. What waits here is sent before, so that it is in it. */
export async function exportNotes(
  format: keyof typeof FILES,
  bookId: string | undefined,
  sendWaiting: () => Promise<unknown>,
): Promise<void> {
  try {
    await sendWaiting()
    const query = { format, ...(bookId !== undefined && { book_id: bookId }) }
    const text = await client.call('exportAnnotations', { query })
    const { end, type } = FILES[format]
    const name = fileName(t.fileName(), end)
    saveFile(new Blob([text], { type }), name)
    toast(t.exported({ name }))
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
  }
}
