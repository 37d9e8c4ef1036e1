import { IconButton } from '@stoa/ui'
import { settings as t } from '@stoa/ui/messages/settings'
import { Minus, Plus } from 'lucide-react'

export interface StepperProps {
  label: string
  value: number
  /** Smallest and largest. */
  range: readonly [number, number]
  step: number
  show: (value: number) => string
  onChange: (value: number) => void
}

/** A number one makes less or more, within its range. */
export function Stepper({ label, value, range: [least, most], step, show, onChange }: StepperProps) {
  const to = (next: number) => onChange(Math.round(Math.min(most, Math.max(least, next)) * 100) / 100)
  return (
    <fieldset className="stepper" aria-label={label}>
      <IconButton
        icon={Minus}
        label={t.smaller()}
        disabled={value <= least}
        onClick={() => to(value - step)}
      />
      <output className="num">{show(value)}</output>
      <IconButton icon={Plus} label={t.larger()} disabled={value >= most} onClick={() => to(value + step)} />
    </fieldset>
  )
}
