import './settings.css'
import { ListRow, ListSection } from '@stoa/ui'
import { cluster } from '@stoa/ui/messages/cluster'
import { settings as t } from '@stoa/ui/messages/settings'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useRole } from '../../data/use-session.ts'
import { ListColumn, TopBar } from '../../frame/bars.tsx'
import { Page } from '../../frame/page.tsx'
import { MACHINE, PLACE, type Section, YOU } from './sections.ts'

export interface SettingsPageProps {
  title: string
  /** One sentence under the top bar. */
  text?: ReactNode
  /** Muted, after the title: a state. Not on a phone. */
  sub?: ReactNode
  /** One button at the right of the top bar. */
  action?: ReactNode
  /** As wide as the stage, for tables. */
  wide?: boolean
  /** On a phone show the list of sections instead. */
  index?: boolean
  children: ReactNode
}

/** Sections at the left, one of them on the stage. On a phone the sections are a page of their own. */
export function SettingsPage({ title, text, sub, action, wide, index, children }: SettingsPageProps) {
  const navigate = useNavigate()
  return (
    <Page list={<Sections />} listTitle={t.title()} listFirst={index === true}>
      <TopBar
        title={title}
        sub={sub}
        actions={action}
        flush
        onBack={() => void navigate({ to: '/settings' })}
      />
      <div className="scroll">
        <div className={clsx('set', { wide })}>
          {text && <p className="set-text">{text}</p>}
          {children}
        </div>
      </div>
    </Page>
  )
}

function Sections() {
  return (
    <ListColumn title={t.title()}>
      <SectionGroup label={t.groupYou()} sections={YOU} />
      <SectionGroup label={t.groupPlace()} sections={PLACE} />
      <SectionGroup label={cluster.groupMachine()} sections={MACHINE} />
    </ListColumn>
  )
}

function SectionGroup({ label, sections }: { label: string; sections: readonly Section[] }) {
  const role = useRole()
  const { pathname } = useLocation()
  const shown = sections.filter(({ roles }) => !roles || roles.includes(role))
  if (shown.length === 0) return null
  return (
    <>
      <ListSection label={label} />
      {shown.map(({ to, label, icon }) => (
        <ListRow key={to} as={<Link to={to} />} icon={icon} label={label()} on={pathname === to} />
      ))}
    </>
  )
}

/** A heading with rows between lines. */
export function SettingsGroup({
  title,
  text,
  action,
  children,
}: {
  title?: string
  text?: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="set-group">
      {(title || action) && (
        <div className="row set-head">
          <h2 className="grow">{title}</h2>
          {action}
        </div>
      )}
      {text && <p className="hint">{text}</p>}
      <div className="set-rows">{children}</div>
    </section>
  )
}

export interface SettingsRowProps {
  label: ReactNode
  hint?: ReactNode
  /** A wide control: half the row; on a phone under the label. */
  tall?: boolean
  /** On a phone the control goes under the label. */
  wrap?: boolean
  children?: ReactNode
}

/** What it is at the left, its control at the right. */
export function SettingsRow({ label, hint, tall, wrap, children }: SettingsRowProps) {
  return (
    <div className={clsx('set-row', { tall, wrap })}>
      <div className="set-what">
        <span>{label}</span>
        {hint && <span className="hint">{hint}</span>}
      </div>
      <div className="set-control">{children}</div>
    </div>
  )
}
