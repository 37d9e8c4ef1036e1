import clsx from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { FormEvent, ReactNode } from 'react'
import { useState } from 'react'
import { primitives as t } from '../messages/primitives.ts'
import { Button, IconButton } from './button.tsx'
import { Field, Input } from './field.tsx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** One or two sentences under the title. */
  description?: ReactNode
  /** Width in pixels on a wide screen. */
  width?: number
  children?: ReactNode
  /** The buttons, right-aligned, the safe one first. */
  actions?: ReactNode
}

/** In the middle of the screen. Traps focus and gives it back; Escape and the scrim close it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  width = 420,
  children,
  actions,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim dim" />
        <Radix.Content
          className="dialog"
          style={{ width }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <Radix.Title asChild>
            <h3>{title}</h3>
          </Radix.Title>
          {description && <Radix.Description className="ink2 say">{description}</Radix.Description>}
          {children}
          {actions && <div className="acts">{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface SheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** From below (phones), from the left (lists) or the right (side panels) under 1100 px. */
  from?: 'bottom' | 'left' | 'right'
  /** Keep the title for screen readers only. */
  hideTitle?: boolean
  /** No head at all: the content brings its own, with a way to close. The title stays for screen readers. */
  bare?: boolean
  className?: string
  children: ReactNode
}

/** A panel that slides over the screen. */
export function Sheet({
  open,
  onOpenChange,
  title,
  from = 'bottom',
  hideTitle,
  bare,
  className,
  children,
}: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim dim" />
        <Radix.Content
          className={clsx('over', from, className)}
          aria-describedby={undefined}
          onOpenAutoFocus={focusPanel}
        >
          {bare ? (
            <Radix.Title className="sr">{title}</Radix.Title>
          ) : (
            <div className={clsx('over-head', hideTitle && 'bare')}>
              <Radix.Title className={hideTitle ? 'sr' : 'over-title'}>{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton icon={X} label={t.close()} />
              </Radix.Close>
            </div>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The panel itself, not its close button with a tooltip. */
function focusPanel(event: Event): void {
  event.preventDefault()
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
}

export interface ConfirmByNameProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What goes, what stays, that it cannot be undone. */
  description: ReactNode
  /** What must be typed. */
  name: string
  action: string
  onConfirm: () => void | Promise<void>
}

/** For what cannot be undone: the name must be typed. For all else, do it and offer undo in a toast. */
export function ConfirmByName({
  open,
  onOpenChange,
  title,
  description,
  name,
  action,
  onConfirm,
}: ConfirmByNameProps) {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const matches = typed.trim() === name
  const change = (next: boolean) => {
    setTyped('')
    onOpenChange(next)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!matches || busy) return
    setBusy(true)
    try {
      await onConfirm()
      change(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open={open} onOpenChange={change} title={title} description={description}>
      <form className="contents" onSubmit={submit}>
        <Field label={t.typeName({ name })} hideLabel>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={name}
            autoComplete="off"
            autoFocus
          />
        </Field>
        <div className="acts">
          <Button onClick={() => change(false)}>{t.keepIt()}</Button>
          <Button type="submit" variant="bad" disabled={!matches} busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
