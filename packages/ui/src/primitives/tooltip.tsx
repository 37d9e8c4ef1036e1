import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { formatShortcut, isMac } from './kbd.tsx'

export interface TooltipProps {
  text: ReactNode
  shortcut?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that can hold a ref; it must have its own accessible name. */
  children: ReactElement
}

/** Once around the app: opens the next tooltip at once when one was just open. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={500} skipDelayDuration={300}>
    {children}
  </Radix.Provider>
)

/** A few words on hover or focus. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut && <kbd>{formatShortcut(shortcut, isMac())}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
