import { Banner, Button, Dialog, inkName } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { useState } from 'react'
import { useLive } from '../../../offline/use-place.ts'
import { useReader } from '../reader-store.ts'
import { type ConflictEntry, conflictsIn, keepMine, shownFields, takeTheirs } from './conflict.ts'

/** Marks of this book that were changed here and elsewhere: both sides, and the choice between them. */
export function ConflictList() {
  const { place, book } = useReader()
  const conflicts = useLive(
    async (bookId) => conflictsIn(await place.database.outbox.toArray(), bookId),
    book.id,
  )
  const [open, setOpen] = useState(false)
  const first = conflicts?.[0]
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

function BothSides({ conflict }: { conflict: ConflictEntry }) {
  const { place } = useReader()
  const fields = shownFields(conflict)
  const side = (title: string, pick: (field: (typeof fields)[number]) => unknown) => (
    <section className="side-of">
      <h4 className="label">{title}</h4>
      <dl>
        {fields.map((field) => (
          <div key={field.name}>
            <dt>{fieldName(field.name)}</dt>
            <dd>{said(field.name, pick(field))}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
  return (
    <div className="both">
      {side(t.mine(), ({ mine }) => mine)}
      {side(t.theirs(), ({ theirs }) => theirs)}
      <Button onClick={() => void keepMine(place, conflict)}>{t.keepMine()}</Button>
      <Button onClick={() => void takeTheirs(place, conflict)}>{t.takeTheirs()}</Button>
    </div>
  )
}

const NAMES: Readonly<Record<string, () => string>> = {
  color: t.fieldColor,
  note: t.fieldNote,
  tags: t.fieldTags,
  visibility: t.fieldVisibility,
  title: t.fieldTitle,
  body: t.fieldBody,
}
const fieldName = (name: string): string => (NAMES[name] ?? t.fieldPlace)()

function said(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t.nothing()
  if (Array.isArray(value)) return value.length === 0 ? t.nothing() : value.join(', ')
  if (name === 'color') {
    const inks = ['amber', 'rose', 'sage', 'sky', 'violet'] as const
    const ink = inks.find((each) => each === value)
    return ink ? inkName(ink) : t.fieldPlace()
  }
  if (name === 'visibility') return value === 'private' ? t.onlyMe() : t.workspace()
  return typeof value === 'string' ? value : t.fieldPlace()
}
