import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface ListRowProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon?: LucideIcon
  label: ReactNode
  /** At the right, muted: a number, a time. */
  end?: ReactNode
  on?: boolean
  unread?: boolean
  /** Give a link element to render the row as that link: `<ListRow as={<Link to="/notes" />} … />`. */
  as?: ReactNode
}

/** 34 px row of a list column. A button, or the link given as `as`. */
export function ListRow({ icon, label, end, on, unread, as, className, ...rest }: ListRowProps) {
  const classes = clsx('li', on && 'on', unread && 'unread', className)
  const content = (
    <>
      {icon && <Icon of={icon} />}
      <span className="clip grow">{label}</span>
      {end !== undefined && <span className="n">{end}</span>}
    </>
  )
  if (as) {
    return (
      <Slot.Root className={classes} aria-current={on ? 'page' : undefined} {...rest}>
        <Slot.Slottable child={as}>{() => content}</Slot.Slottable>
      </Slot.Root>
    )
  }
  return (
    <button type="button" className={classes} aria-current={on || undefined} {...rest}>
      {content}
    </button>
  )
}

/** Small heading over a group of rows, with room for one small button. */
export const ListSection = ({ label, action }: { label: string; action?: ReactNode }) => (
  <div className="sec">
    <span>{label}</span>
    {action}
  </div>
)
