import './entry.css'
import { Portico, Segmented } from '@stoa/ui'
import { LOCALE_NAMES, LOCALES, useLocale } from '@stoa/ui/messages'
import { auth } from '@stoa/ui/messages/auth'
import { shell } from '@stoa/ui/messages/shell'
import clsx from 'clsx'
import { type ReactNode, useEffect } from 'react'
import { chooseLanguage } from '../../data/account.ts'
import { Colonnade } from './colonnade.tsx'

export interface EntryPageProps {
  title: string
  /** One or two sentences under the title. */
  text?: ReactNode
  /** `[2, 3]`: the second of three steps, drawn as columns. */
  step?: readonly [number, number]
  children?: ReactNode
  /** The buttons at the foot of the card. */
  foot?: ReactNode
}

/** A card before the colonnade: set-up, sign-in, invitation. On a phone it is the page. */
export function EntryPage({ title, text, step, children, foot }: EntryPageProps) {
  useEffect(() => {
    document.title = `${title} · Stoa`
  }, [title])
  return (
    <div className="entry">
      <Colonnade />
      <main className="su">
        <div className="row mast">
          <Portico width={26} />
          <b>Stoa</b>
          <span className="grow" />
          {step && <Steps step={step[0]} steps={step[1]} />}
        </div>
        <h1>{title}</h1>
        {text && <p>{text}</p>}
        {children}
        {foot && <div className="row entry-foot">{foot}</div>}
      </main>
      <LanguageSwitch />
    </div>
  )
}

function Steps({ step, steps }: { step: number; steps: number }) {
  return (
    <span className="cols" role="img" aria-label={auth.step({ step, steps })}>
      {Array.from({ length: steps }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are their places
        <i key={index} className={clsx(index < step && 'on')} />
      ))}
    </span>
  )
}

function LanguageSwitch() {
  return (
    <Segmented
      label={shell.language()}
      value={useLocale()}
      onChange={chooseLanguage}
      options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
    />
  )
}
