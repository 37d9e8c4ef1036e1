import clsx from 'clsx'
import { primitives as t } from '../messages/primitives.ts'
import { INKS, type Ink, inkName } from './inks.ts'

export interface InkBarProps {
  value?: Ink | undefined
  onPick: (ink: Ink) => void
  className?: string
}

/** The five inks in a row, for a selection bar, a sheet or a note. */
export function InkBar({ value, onPick, className }: InkBarProps) {
  return (
    <fieldset className={clsx('inks', className)} aria-label={t.inks()}>
      {INKS.map((ink) => (
        <button
          key={ink}
          type="button"
          className={`swatch c-${ink}`}
          aria-label={inkName(ink)}
          aria-pressed={value === undefined ? undefined : ink === value}
          title={inkName(ink)}
          onClick={() => onPick(ink)}
        />
      ))}
    </fieldset>
  )
}
