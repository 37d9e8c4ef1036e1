import clsx from 'clsx'
import type { CSSProperties } from 'react'

/** A small turning ring for work without a measure. Decorative: say in words what is going on. */
export const Pulse = () => <span className="pulse" aria-hidden="true" />

export interface ProgressProps {
  /** 0–1. */
  value: number
  label: string
  tone?: 'ink' | 'accent'
  className?: string
}

/** A 3 px line. Put the count in words beside it. */
export function Progress({ value, label, tone = 'ink', className }: ProgressProps) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100)
  const style: CSSProperties & Record<'--p', string> = { '--p': `${percent}%` }
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={clsx('prog', tone === 'accent' && 'accent', className)}
      style={style}
    >
      <i />
    </span>
  )
}

/** Grey line in the place of text during the first second of a first load. `width` is any CSS length. */
export const Skeleton = ({ width = '100%', height = 12 }: { width?: string; height?: number }) => (
  <span className="skel" style={{ width, height }} aria-hidden="true" />
)
