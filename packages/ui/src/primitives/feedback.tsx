import clsx from 'clsx'
import { Check, CircleAlert, Clock, CloudOff, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Portico } from './portico.tsx'
import { Pulse } from './progress.tsx'

export interface EmptyStateProps {
  title: string
  /** One sentence that teaches. */
  children?: ReactNode
  /** One button. */
  action?: ReactNode
  /** Instead of the portico. */
  icon?: LucideIcon
}

/** Nothing here yet: one sentence, one button. Fills the space it is given. */
export function EmptyState({ title, children, action, icon }: EmptyStateProps) {
  return (
    <div className="empty">
      {icon ? <Icon of={icon} className="portico emblem" /> : <Portico width={72} />}
      <h3>{title}</h3>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}

export interface ErrorRowProps {
  /** What happened. */
  title: string
  /** What was kept, what to do. */
  children?: ReactNode
  /** One act, usually retry. */
  action?: ReactNode
}

/** An error in the flow of a page, outlined. */
export function ErrorRow({ title, children, action }: ErrorRowProps) {
  return (
    <div className="err" role="alert">
      <Icon of={TriangleAlert} />
      <b>{title}</b>
      {children && <p>{children}</p>}
      {action && <div className="row">{action}</div>}
    </div>
  )
}

export interface BannerProps {
  tone?: 'warn' | 'bad'
  icon?: LucideIcon
  action?: ReactNode
  children: ReactNode
}

/** Filled line above a composer or an editor. Elsewhere use {@link ErrorRow}. */
export function Banner({ tone = 'warn', icon, action, children }: BannerProps) {
  return (
    <div className={clsx('banner', tone === 'bad' && 'bad')} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon of={icon ?? (tone === 'bad' ? CircleAlert : CloudOff)} size="s" />
      <span>{children}</span>
      {action}
    </div>
  )
}

export type StatusKind = 'done' | 'working' | 'waiting' | 'offline' | 'failed'

const MARKS: Record<StatusKind, { icon: LucideIcon | undefined; tone: 'ok' | 'warn' | 'bad' | undefined }> = {
  done: { icon: Check, tone: undefined },
  working: { icon: undefined, tone: undefined },
  waiting: { icon: Clock, tone: undefined },
  offline: { icon: CloudOff, tone: 'warn' },
  failed: { icon: TriangleAlert, tone: 'bad' },
}

/** A shape and a word, never a colour alone: saved · saving · offline, 3 waiting · not saved. */
export function StatusMark({ kind, tone, children }: { kind: StatusKind; tone?: 'ok'; children: ReactNode }) {
  const mark = MARKS[kind]
  return (
    <span className={clsx('mark', tone ?? mark.tone)}>
      {mark.icon ? <Icon of={mark.icon} size="xs" /> : <Pulse />}
      {children}
    </span>
  )
}
