import { uuidv7 } from '@stoa/kernel'
import { Button, Checkbox, Dialog, toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../data/api.ts'
import { shelvesQuery } from '../../../data/books.ts'
import type { DocumentInfo } from '../../../data/documents.ts'
import { queryClient } from '../../../data/query-client.ts'
import { problemText } from '../../../frame/problem-text.ts'

interface ShelfDialogProps {
  readonly info: DocumentInfo
  readonly open: boolean
  readonly onClose: () => void
}

/** Makes the document, as it is now, a book of the library. */
export function ShelfDialog({ info, open, onClose }: ShelfDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onClose} title={t.toShelf()} description={t.toShelfText()}>
      {open && <Shelves info={info} onClose={onClose} />}
    </Dialog>
  )
}

function Shelves({ info, onClose }: Omit<ShelfDialogProps, 'open'>) {
  const navigate = useNavigate()
  const shelves = useQuery(shelvesQuery).data?.items ?? []
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  // Made once: trying again after a lost answer makes no second book.
  const [id] = useState(() => uuidv7())
  const put = async () => {
    setBusy(true)
    try {
      const path = { document_id: info.id }
      const body = { id, ...(chosen.length > 0 && { shelf_ids: [...chosen] }) }
      const book = await client.call('createBookFromDocument', { path, body })
      for (const key of ['books', 'shelves', 'library-summary'])
        void queryClient.invalidateQueries({ queryKey: [key] })
      onClose()
      const run = () => navigate({ to: '/books/$bookId', params: { bookId: book.id } })
      toast({ text: t.onShelf(), action: { label: t.openBook(), run } })
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
      setBusy(false)
    }
  }
  return (
    <>
      <div className="shelf-choice">
        {shelves.map((shelf) => (
          <Checkbox
            key={shelf.id}
            label={shelf.name}
            checked={chosen.includes(shelf.id)}
            onChange={(on) =>
              setChosen(on ? [...chosen, shelf.id] : chosen.filter((one) => one !== shelf.id))
            }
          />
        ))}
      </div>
      <div className="acts">
        <Button onClick={onClose}>{shell.cancel()}</Button>
        <Button variant="ink" busy={busy} onClick={() => void put()}>
          {t.makeBook()}
        </Button>
      </div>
    </>
  )
}
