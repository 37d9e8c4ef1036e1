import clsx from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { Checkbox as RadixCheckbox, Switch as RadixSwitch, ToggleGroup } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'
import { useFieldControl } from './field.tsx'
import { Icon } from './icon.tsx'

interface OnOffProps {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Words beside the control; pressing them toggles too. */
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

function Labelled({
  control,
  label,
  hint,
  id,
}: {
  control: ReactNode
  label: ReactNode
  hint?: ReactNode
  id: string
}) {
  return (
    <div className="choice">
      {control}
      <label htmlFor={id}>
        {label}
        {hint && <span className="hint">{hint}</span>}
      </label>
    </div>
  )
}

/** Takes effect at once. For a choice that is saved with a form use {@link Checkbox}. */
export function Switch({ checked, onChange, label, hint, disabled }: OnOffProps) {
  const id = useId()
  const control = (
    <RadixSwitch.Root
      id={id}
      className={clsx('switch', checked && 'on')}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
    />
  )
  return <Labelled control={control} label={label} hint={hint} id={id} />
}

export function Checkbox({ checked, onChange, label, hint, disabled }: OnOffProps) {
  const id = useId()
  const control = (
    <RadixCheckbox.Root
      id={id}
      className={clsx('check', checked && 'on')}
      checked={checked}
      onCheckedChange={(state) => onChange(state === true)}
      disabled={disabled}
    >
      <RadixCheckbox.Indicator>
        <Icon of={Check} size="xs" />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  )
  return <Labelled control={control} label={label} hint={hint} id={id} />
}

export interface Option<Value extends string> {
  value: Value
  label: string
  icon?: LucideIcon
}

export interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly Option<Value>[]
  /** Show the icons alone; the labels stay for screen readers and as titles. */
  iconsOnly?: boolean
}

/** Two to five exclusive choices in one pill: grid or list, light, dark or system. */
export function Segmented<Value extends string>({
  label,
  value,
  onChange,
  options,
  iconsOnly,
}: SegmentedProps<Value>) {
  const select = (next: string) => {
    const chosen = options.find((option) => option.value === next)
    if (chosen) onChange(chosen.value)
  }
  return (
    <ToggleGroup.Root type="single" className="seg" aria-label={label} value={value} onValueChange={select}>
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={option.value === value ? 'on' : undefined}
          title={iconsOnly ? option.label : undefined}
          aria-label={iconsOnly ? option.label : undefined}
        >
          {option.icon && <Icon of={option.icon} size="s" />}
          {!iconsOnly && option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}

/** A filter that is on or off, with an optional count. */
export function Chip({
  on,
  count,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & { on?: boolean; count?: string }) {
  return (
    <button type="button" className={clsx('chip', on && 'on', className)} aria-pressed={on} {...rest}>
      {children}
      {count !== undefined && <span className="num">{count}</span>}
    </button>
  )
}

export interface NativeSelectProps extends Omit<ComponentProps<'select'>, 'onChange'> {
  onValue: (value: string) => void
}
/** The platform's own list, for long or phone-first choices. For short ones see {@link Select}. */
export function NativeSelect({ onValue, className, children, ...rest }: NativeSelectProps) {
  const control = useFieldControl(rest)
  return (
    <select
      className={clsx('input', className)}
      {...control}
      {...rest}
      onChange={(event) => onValue(event.target.value)}
    >
      {children}
    </select>
  )
}
