import clsx from 'clsx'
import { Check, ChevronsUpDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { Option } from './choice.tsx'
import { useFieldControl } from './field.tsx'
import { Icon } from './icon.tsx'

export interface SelectProps<Value extends string> {
  value: Value
  onChange: (value: Value) => void
  options: readonly (Option<Value> & { hint?: string })[]
  /** Needed when no `Field` is around it. */
  label?: string
  /** `quiet` has no edge, for rows and toolbars. */
  look?: 'plain' | 'lg' | 'quiet'
  disabled?: boolean
}

/** One of a few named choices, in a menu. */
export function Select<Value extends string>({
  value,
  onChange,
  options,
  label,
  look = 'plain',
  disabled,
}: SelectProps<Value>) {
  const control = useFieldControl({})
  const select = (next: string) => {
    const chosen = options.find((option) => option.value === next)
    if (chosen) onChange(chosen.value)
  }
  return (
    <Radix.Root value={value} onValueChange={select} disabled={disabled ?? false}>
      <Radix.Trigger
        className={clsx('input select', look !== 'plain' && look)}
        aria-label={label}
        {...control}
      >
        <span className="clip grow">
          <Radix.Value />
        </span>
        <Icon of={ChevronsUpDown} size="s" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item key={option.value} value={option.value} className="li">
                {option.icon && <Icon of={option.icon} />}
                <span className="grow">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <span className="hint block">{option.hint}</span>}
                </span>
                <Radix.ItemIndicator>
                  <Icon of={Check} size="s" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
