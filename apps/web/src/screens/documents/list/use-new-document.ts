import { uuidv7 } from '@stoa/kernel'
import { type MenuEntry, toast } from '@stoa/ui'
import { getLocale } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FilePlus2, FileText, FileUp } from 'lucide-react'
import { client } from '../../../data/api.ts'
import { type DocumentInfo, showDocument, templatesQuery } from '../../../data/documents.ts'
import { useRole } from '../../../data/use-session.ts'
import { workspacesQuery } from '../../../data/workspaces.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { chooseFile, importDocument } from '../files/import-documents.ts'

export interface NewDocument {
  readonly workspaceId?: string
  readonly template?: 'meeting-notes' | 'reading-notes'
  readonly book?: { readonly id: string; readonly title: string; readonly workspace_id: string }
}

/** Makes a document; undefined when it could not be made, which was said. */
export async function makeDocument(
  workspaceId: string,
  { template, book }: NewDocument,
): Promise<DocumentInfo | undefined> {
  try {
    const locale = getLocale()
    const body = {
      ...{ id: uuidv7(), workspace_id: workspaceId },
      ...(template && { template: { id: template, locale } }),
      ...(book && { book_id: book.id, title: book.title }),
    }
    const info = await client.call('createDocument', { body })
    showDocument(info)
    return info
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
    return undefined
  }
}

/** Ways to a new document: empty, from a template, from a file. Guests have none. */
export function useNewDocument(preferred?: string) {
  const navigate = useNavigate()
  const role = useRole()
  const workspaces = useQuery(workspacesQuery).data?.items.filter(({ archived }) => !archived) ?? []
  const templates = useQuery(templatesQuery(getLocale())).data?.items ?? []
  const workspaceId = workspaces.find(({ id }) => id === preferred)?.id ?? workspaces[0]?.id
  const may = role !== 'guest' && workspaceId !== undefined
  const open = (info: DocumentInfo | undefined) =>
    info && void navigate({ to: '/documents/$documentId', params: { documentId: info.id } })
  const make = async (what: NewDocument = {}) => {
    const place = what.workspaceId ?? workspaceId
    if (place) open(await makeDocument(place, what))
  }
  const importFile = async () => {
    const file = await chooseFile()
    if (file && workspaceId) open(await importDocument(workspaceId, file))
  }
  const items: MenuEntry[] = [
    { label: t.emptyDocument(), icon: FilePlus2, onSelect: () => void make() },
    ...templates.map(({ id, name, description }) => ({
      ...{ label: name, hint: description, icon: FileText },
      onSelect: () => void make({ template: id }),
    })),
    'separator',
    { label: t.importFile(), hint: t.importHint(), icon: FileUp, onSelect: () => void importFile() },
  ]
  return { may, make, importFile, items }
}
