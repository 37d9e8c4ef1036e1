import { Banner, Button, Dialog } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { useEffect, useState } from 'react'
import { BothSides } from '../../../conflicts/both-sides.tsx'
import { conflictsIn } from '../../../conflicts/conflicts.ts'
import { useLive } from '../../../offline/use-place.ts'
import { useReader } from '../reader-store.ts'

/** Marks of this book that were changed here and elsewhere: both sides, and the choice between them. */
export function ConflictList() {
  const { place, book } = useReader()
  const conflicts = useLive(
    async (bookId) => conflictsIn(await place.database.outbox.toArray(), bookId),
    book.id,
  )
  const [open, setOpen] = useState(false)
  const first = conflicts?.[0]
  const settled = first === undefined
  // The next one is looked at when somebody asks to, not because they looked at the last.
  useEffect(() => {
    if (settled) setOpen(false)
  }, [settled])
  if (!first) return null
  return (
    <>
      <Banner
        action={
          <Button size="sm" onClick={() => setOpen(true)}>
            {t.decide()}
          </Button>
        }
      >
        {t.conflicts({ count: conflicts.length })}
      </Banner>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t.conflictTitle()}
        description={t.conflictText()}
        width={640}
      >
        <BothSides key={first.seq} conflict={first} />
      </Dialog>
    </>
  )
}
