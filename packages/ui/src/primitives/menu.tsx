import clsx from 'clsx'
import { Check, ChevronRight, type LucideIcon } from 'lucide-react'
import { ContextMenu as RadixContext, DropdownMenu as RadixDropdown } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'

export interface MenuAction {
  label: string
  icon?: LucideIcon
  /** Shown at the right, e.g. `mod+c`. Binding the key is the screen's work. */
  shortcut?: string
  /** Second line, small. */
  hint?: string
  /** Draws a check; give it for choices, leave it out for acts. */
  checked?: boolean
  tone?: 'bad'
  disabled?: boolean
  onSelect: () => void
}
export interface Submenu {
  label: string
  icon?: LucideIcon
  items: readonly MenuEntry[]
}
/** One line of a menu: an act, a submenu, a heading or a line. */
export type MenuEntry = MenuAction | Submenu | { heading: string } | 'separator'

type Parts = Pick<
  typeof RadixDropdown,
  'Item' | 'Separator' | 'Label' | 'Sub' | 'SubTrigger' | 'SubContent' | 'Portal'
>

/** Only what is there: `false` entries are left out, so that conditions read well. */
export const entries = (...all: readonly (MenuEntry | false | undefined)[]): MenuEntry[] =>
  all.filter((entry): entry is MenuEntry => entry !== false && entry !== undefined)

const keyOf = (entry: MenuEntry, index: number) =>
  entry === 'separator' ? `line-${index}` : 'heading' in entry ? entry.heading : `${entry.label}-${index}`

function Entries({ items, parts }: { items: readonly MenuEntry[]; parts: Parts }) {
  return items.map((entry, index) => <Entry key={keyOf(entry, index)} entry={entry} parts={parts} />)
}

function Entry({ entry, parts }: { entry: MenuEntry; parts: Parts }) {
  if (entry === 'separator') return <parts.Separator className="hr" />
  if ('heading' in entry) return <parts.Label className="sec">{entry.heading}</parts.Label>
  if ('items' in entry) {
    return (
      <parts.Sub>
        <parts.SubTrigger className="li">
          {entry.icon && <Icon of={entry.icon} />}
          <span className="grow">{entry.label}</span>
          <Icon of={ChevronRight} size="s" />
        </parts.SubTrigger>
        <parts.Portal>
          <parts.SubContent className="menu" sideOffset={4} collisionPadding={8}>
            <Entries items={entry.items} parts={parts} />
          </parts.SubContent>
        </parts.Portal>
      </parts.Sub>
    )
  }
  return <Act act={entry} parts={parts} />
}

function Act({ act, parts }: { act: MenuAction; parts: Parts }) {
  const choice = act.checked !== undefined
  return (
    <parts.Item
      className={clsx('li', act.tone)}
      disabled={act.disabled ?? false}
      onSelect={act.onSelect}
      {...(choice && { role: 'menuitemradio', 'aria-checked': act.checked })}
    >
      {act.icon && <Icon of={act.icon} />}
      <span className="grow">
        {act.label}
        {act.hint && <span className="hint block">{act.hint}</span>}
      </span>
      {act.shortcut && <Kbd keys={act.shortcut} />}
      {act.checked && <Icon of={Check} size="s" />}
    </parts.Item>
  )
}

export interface MenuProps {
  /** The element that opens it, usually a `Button` or `IconButton`. */
  trigger: ReactElement
  items: readonly MenuEntry[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** Above the entries, e.g. who is signed in. */
  header?: ReactNode
}

export function Menu({ trigger, items, align = 'end', side = 'bottom', header }: MenuProps) {
  return (
    <RadixDropdown.Root modal={false}>
      <RadixDropdown.Trigger asChild>{trigger}</RadixDropdown.Trigger>
      <RadixDropdown.Portal>
        <RadixDropdown.Content className="menu" align={align} side={side} sideOffset={4} collisionPadding={8}>
          {header}
          <Entries items={items} parts={RadixDropdown} />
        </RadixDropdown.Content>
      </RadixDropdown.Portal>
    </RadixDropdown.Root>
  )
}

/** The same entries under the right button, a long press or the menu key, on one element. */
export function ContextMenu({ items, children }: { items: readonly MenuEntry[]; children: ReactElement }) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="menu" collisionPadding={8}>
          <Entries items={items} parts={RadixContext} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  )
}
