import { IconButton, Segmented } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'

/** Pages or one long scroll. */
export function FlowRow({
  value,
  onChange,
}: {
  value: 'paginated' | 'scrolled'
  onChange: (flow: 'paginated' | 'scrolled') => void
}) {
  return (
    <Row label={t.flow()}>
      <Segmented
        label={t.flow()}
        value={value}
        onChange={onChange}
        options={[
          { value: 'paginated', label: t.flowPages() },
          { value: 'scrolled', label: t.flowScroll() },
        ]}
      />
    </Row>
  )
}

interface StepsProps {
  readonly label: string
  readonly value: number
  readonly step: number
  readonly range: readonly [number, number]
  readonly show: (value: number) => string
  readonly onChange: (value: number) => void
}

/** A figure with a button for less and one for more. */
export function Steps({ label, value, step, range: [least, most], show, onChange }: StepsProps) {
  const to = (next: number) => onChange(Math.round(Math.min(most, Math.max(least, next)) * 100) / 100)
  return (
    <Row label={label}>
      <fieldset className="steps" aria-label={label}>
        <IconButton
          icon={Minus}
          label={t.smaller()}
          disabled={value <= least}
          onClick={() => to(value - step)}
        />
        <output className="num">{show(value)}</output>
        <IconButton
          icon={Plus}
          label={t.larger()}
          disabled={value >= most}
          onClick={() => to(value + step)}
        />
      </fieldset>
    </Row>
  )
}

/** A setting under its name. */
export const Row = ({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) => (
  <div className={`look-row ${className}`}>
    <span>{label}</span>
    {children}
  </div>
)
