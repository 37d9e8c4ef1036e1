import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'

/** Drawn size: `xs` 13, `s` 15, `m` 18, `l` 22 px. */
export type IconSize = 'xs' | 's' | 'm' | 'l'

/** A lucide icon in the weight of the design, hidden from screen readers: the words beside it speak. */
export function Icon({
  of: Drawing,
  size = 'm',
  className,
}: {
  of: LucideIcon
  size?: IconSize
  className?: string
}) {
  return <Drawing className={clsx('i', size !== 'm' && size, className)} aria-hidden="true" />
}
