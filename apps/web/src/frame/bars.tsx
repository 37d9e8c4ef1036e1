import { IconButton } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import clsx from 'clsx'
import { ChevronLeft, ListTree, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { usePage } from './page.tsx'
import { SyncMark } from './sync-mark.tsx'

export interface TopBarProps {
  title: ReactNode
  /** Muted, after the title: a count, a status. */
  sub?: ReactNode
  /** Buttons at the right. */
  actions?: ReactNode
  /** Where "back" leads on a phone; it shows a back button there. */
  onBack?: () => void
  /** Side padding of 32 instead of 24 px, for pages with wide margins. */
  flush?: boolean
  /** The title is in a language of its own. */
  language?: string
}

/** 52 px over the stage (48 on a phone): what this is, and what one can do with it. Sets the window's title. */
export function TopBar({ title, sub, actions, onBack, flush, language }: TopBarProps) {
  const { hasList, openList } = usePage()
  useWindowTitle(typeof title === 'string' ? title : undefined)
  return (
    <header className={clsx('top', flush && 'flush')}>
      {onBack && <IconButton icon={ChevronLeft} label={t.back()} className="back" onClick={onBack} />}
      <h1 className="clip" lang={language}>
        {title}
      </h1>
      {sub && <span className="sub clip">{sub}</span>}
      <span className="grow" />
      <span className="only-m">
        <SyncMark onlyTrouble />
      </span>
      {hasList && (
        <IconButton icon={ListTree} label={t.showList()} className="open-list" onClick={openList} />
      )}
      {actions}
    </header>
  )
}

function useWindowTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Stoa`
  }, [title])
}

export interface ListColumnProps {
  /** Words, or a menu that leads to others like it. */
  title: ReactNode
  /** One small button at the right of the title. */
  action?: ReactNode
  children: ReactNode
  /** Default: the quiet mark that says what is saved. */
  foot?: ReactNode
}

/** Head, scrolling body and foot of the list column. */
export function ListColumn({ title, action, children, foot = <SyncMark /> }: ListColumnProps) {
  return (
    <>
      <div className="head">
        <h2>{title}</h2>
        {action}
      </div>
      <div className="body">{children}</div>
      {foot && <div className="foot">{foot}</div>}
    </>
  )
}

export interface SidePanelProps {
  title: ReactNode
  sub?: ReactNode
  actions?: ReactNode
  onClose: () => void
  children: ReactNode
}

/** Head and body of the panel beside the stage. */
export function SidePanel({ title, sub, actions, onClose, children }: SidePanelProps) {
  return (
    <>
      <div className="rh">
        <div className="grow">
          <div className="nm clip">{title}</div>
          {sub && <div className="sub clip">{sub}</div>}
        </div>
        {actions}
        <IconButton icon={X} label={t.closeSide()} onClick={onClose} />
      </div>
      <div className="scroll">{children}</div>
    </>
  )
}
