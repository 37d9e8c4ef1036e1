import { Banner, Button, Dialog } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { useState } from 'react'
import { BothSides } from '../../../conflicts/both-sides.tsx'
import { conflictsIn, type MarkConflict } from '../../../conflicts/conflicts.ts'
import { useLive } from '../../../offline/use-place.ts'
import { useReader } from '../reader-store.ts'

/** Marks of this book that were changed here and elsewhere: both sides, and the choice between them. */
export function ConflictList() {
  const { place, book } = useReader()
  const conflicts = useLive(
    async (bookId) => conflictsIn(await place.database.outbox.toArray(), bookId),
    book.id,
  )
  const [first] = conflicts ?? []
  return first ? <Conflicts first={first} count={conflicts?.length ?? 0} /> : null
}

/** As long as there are any: the next one is looked at when somebody asks to, not because they looked at the last. */
function Conflicts({ first, count }: { first: MarkConflict; count: number }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Banner
        action={
          <Button size="sm" onClick={() => setOpen(true)}>
            {t.decide()}
          </Button>
        }
      >
        {t.conflicts({ count })}
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
