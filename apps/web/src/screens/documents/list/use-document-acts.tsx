import { entries, type MenuEntry, toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { Copy, RotateCcw, Star, StarOff, Trash2 } from 'lucide-react'
import { client } from '../../../data/api.ts'
import { type DocumentSummary, refreshDocuments, showDocument } from '../../../data/documents.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { forgetDocument } from '../../../offline/document-infos.ts'
import { titleOf } from '../title-of.ts'

type Acted = Pick<DocumentSummary, 'id' | 'title' | 'starred' | 'can' | 'trashed_at'>

async function tried(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
  }
  await refreshDocuments()
}

const restore = (id: string) =>
  tried(async () => showDocument(await client.call('restoreDocument', { path: { document_id: id } })))

/** Puts it into the trash; one press brings it back. */
export const trashDocument = (info: Acted, after?: () => void): Promise<void> =>
  tried(async () => {
    await client.call('deleteDocument', { path: { document_id: info.id } })
    await forgetDocument(info.id)
    after?.()
    toast({ text: t.trashed({ title: titleOf(info).text }), undo: () => restore(info.id) })
  })

export const starDocument = ({ id, starred }: Acted): Promise<void> =>
  tried(async () =>
    showDocument(
      await client.call('starDocument', { path: { document_id: id }, body: { starred: !starred } }),
    ),
  )

/** What one can do with a document in a list. `onDestroy` asks for its name first: that cannot be undone. */
export function documentMenu(info: Acted, onDestroy: () => void): MenuEntry[] {
  const address = `${location.origin}/documents/${info.id}`
  if (info.trashed_at !== null) {
    return [
      { label: t.bringBack(), icon: RotateCcw, onSelect: () => void restore(info.id) },
      { label: t.destroy(), icon: Trash2, tone: 'bad', onSelect: onDestroy },
    ]
  }
  return entries(
    {
      label: info.starred ? t.unstar() : t.star(),
      icon: info.starred ? StarOff : Star,
      onSelect: () => void starDocument(info),
    },
    {
      label: t.copyLink(),
      icon: Copy,
      onSelect: () => void navigator.clipboard.writeText(address).then(() => toast(t.linkCopied())),
    },
    info.can.manage && 'separator',
    info.can.manage && { label: t.toTrash(), icon: Trash2, onSelect: () => void trashDocument(info) },
  )
}

export const destroyDocument = ({ id }: Acted): Promise<void> =>
  tried(() => client.call('deleteDocument', { path: { document_id: id }, query: { permanent: true } }))
