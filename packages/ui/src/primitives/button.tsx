import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Pulse } from './progress.tsx'
import { Tooltip } from './tooltip.tsx'

export type ButtonVariant = 'plain' | 'primary' | 'ink' | 'ghost' | 'bad'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` is clay: at most one on a screen. `bad` removes something. */
  variant?: ButtonVariant
  /** 28, 32 or 44 px high. */
  size?: 'sm' | 'md' | 'lg'
  icon?: LucideIcon
  /** Work is under way: a turning mark takes the icon's place and presses are ignored. */
  busy?: boolean
  /** Draw the only child (a link) as a button instead of a `<button>`. */
  asChild?: boolean
}

export function Button({
  variant = 'plain',
  size = 'md',
  icon,
  busy,
  asChild,
  className,
  children,
  ...rest
}: ButtonProps) {
  const classes = clsx('btn', variant !== 'plain' && variant, size !== 'md' && size, className)
  const mark = busy ? <Pulse /> : icon && <Icon of={icon} />
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {mark}
        <Slot.Slottable>{children}</Slot.Slottable>
      </Slot.Root>
    )
  }
  return (
    <button
      type="button"
      className={classes}
      aria-busy={busy || undefined}
      {...rest}
      onClick={busy ? undefined : rest.onClick}
    >
      {mark}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  icon: LucideIcon
  /** Name for screen readers and the tooltip. */
  label: string
  /** Shown in the tooltip, e.g. `mod+k`. */
  shortcut?: string
  size?: 'sm' | 'md'
  /** Pressed state of a toggle; leave out for a plain button. */
  on?: boolean
  /** Something small over the corner, e.g. a `Count`. */
  children?: ReactNode
}

/** A button that is only an icon: 32 px (28 small), 44 px to the finger. Its label shows as a tooltip. */
export function IconButton({
  icon,
  label,
  shortcut,
  size = 'md',
  on,
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={on}
        className={clsx('ib', size === 'sm' && 'sm', on && 'on', rest.disabled && 'is-off', className)}
        {...rest}
      >
        <Icon of={icon} />
        {children}
      </button>
    </Tooltip>
  )
}
