import './both-sides.css'
import { Button, INKS, inkName } from '@stoa/ui'
import { notes as t } from '@stoa/ui/messages/notes'
import { usePlace } from '../offline/use-place.ts'
import { bothSides, type FieldOfBoth, keepMine, type MarkConflict, takeTheirs } from './conflicts.ts'

/** What was changed here and elsewhere, side by side, each with the button that keeps it. */
export function BothSides({ conflict }: { conflict: MarkConflict }) {
  const place = usePlace()
  const fields = bothSides(conflict)
  return (
    <div className="both">
      <Side title={t.mineSide()} fields={fields} pick={({ mine }) => mine}>
        <Button onClick={() => void keepMine(place, conflict)}>{t.keepMine()}</Button>
      </Side>
      <Side title={t.theirsSide()} fields={fields} pick={({ theirs }) => theirs}>
        <Button onClick={() => void takeTheirs(place, conflict)}>{t.takeTheirs()}</Button>
      </Side>
    </div>
  )
}

function Side({
  title,
  fields,
  pick,
  children,
}: {
  title: string
  fields: readonly FieldOfBoth[]
  pick: (field: FieldOfBoth) => unknown
  children: React.ReactNode
}) {
  return (
    <div className="one-side">
      <h4 className="label">{title}</h4>
      <dl>
        {fields.map((field) => (
          <div key={field.name}>
            <dt>{fieldName(field.name)}</dt>
            <dd>{valueText(field.name, pick(field))}</dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  )
}

const NAMES: Readonly<Record<string, () => string>> = {
  color: t.ink,
  note: t.note,
  tags: t.tags,
  visibility: t.visibleTo,
  title: t.titleField,
  body: t.body,
}
const fieldName = (name: string): string => (NAMES[name] ?? t.fieldPlace)()

function valueText(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t.empty()
  if (Array.isArray(value)) return value.length === 0 ? t.empty() : value.join(', ')
  if (name === 'color') {
    const ink = INKS.find((each) => each === value)
    return ink ? inkName(ink) : t.empty()
  }
  if (name === 'visibility') return value === 'private' ? t.onlyMe() : t.workspace()
  return typeof value === 'string' ? value : t.fieldPlace()
}
