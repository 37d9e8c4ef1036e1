import { notes as t } from '@stoa/ui/messages/notes'
import { BothSides } from '../../conflicts/both-sides.tsx'
import { conflictsIn, type MarkConflict } from '../../conflicts/conflicts.ts'
import { useLive, usePlace } from '../../offline/use-place.ts'

/** What was changed here and elsewhere, above the list: both sides and the choice. */
export function ConflictCards() {
  const place = usePlace()
  const conflicts = useLive(async () => conflictsIn(await place.database.outbox.toArray()), 'conflicts')
  return conflicts?.map((conflict) => <ConflictCard key={conflict.seq} conflict={conflict} />)
}

function ConflictCard({ conflict }: { conflict: MarkConflict }) {
  const { quote } = conflict.conflict.theirs
  return (
    <section className="conflict" aria-label={t.conflictTitle()}>
      <h3>{t.conflictTitle()}</h3>
      <p className="muted">{t.conflictText()}</p>
      {quote && <blockquote className="read clip2">{quote.exact}</blockquote>}
      <BothSides conflict={conflict} />
    </section>
  )
}
