import clsx from 'clsx'
import { CircleAlert, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { createContext, useContext, useId } from 'react'
import { Icon } from './icon.tsx'

interface FieldContext {
  id: string
  describedBy: string | undefined
  invalid: boolean
}
const Context = createContext<FieldContext | undefined>(undefined)

export interface FieldProps {
  label: ReactNode
  /** What to know before typing. */
  hint?: ReactNode
  /** What is wrong and what was kept. Takes the hint's place. */
  error?: ReactNode
  /** Keep the label for screen readers only. */
  hideLabel?: boolean
  className?: string
  children: ReactNode
}

/** Label, control and hint or error, tied together for screen readers. Put one control inside. */
export function Field({ label, hint, error, hideLabel, className, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const invalid = Boolean(error)
  return (
    <div className={clsx('field', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr' : undefined}>
        {label}
      </label>
      <Context value={{ id, describedBy: error || hint ? noteId : undefined, invalid }}>{children}</Context>
      {error ? (
        <span className="error" id={noteId} role="alert">
          <Icon of={CircleAlert} size="xs" />
          {error}
        </span>
      ) : (
        hint && (
          <span className="hint" id={noteId}>
            {hint}
          </span>
        )
      )}
    </div>
  )
}

/** Attributes a control takes from the field around it. */
export function useFieldControl(own: { id?: string | undefined }) {
  const field = useContext(Context)
  return {
    id: own.id ?? field?.id,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid || undefined,
  }
}

export interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  /** 36 px; `lg` 44 px; `quiet` is a filter without an edge, 32 px. */
  look?: 'plain' | 'lg' | 'quiet'
  icon?: LucideIcon
  /** After the text: a shortcut, a unit, an icon button. */
  end?: ReactNode
}

export function Input({ look = 'plain', icon, end, className, ...rest }: InputProps) {
  const control = useFieldControl(rest)
  return (
    <span className={clsx('input', look !== 'plain' && look, control['aria-invalid'] && 'is-bad', className)}>
      {icon && <Icon of={icon} size="s" />}
      <input {...control} {...rest} />
      {end}
    </span>
  )
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  const control = useFieldControl(rest)
  return (
    <textarea
      className={clsx('input area', control['aria-invalid'] && 'is-bad', className)}
      rows={3}
      {...control}
      {...rest}
    />
  )
}
