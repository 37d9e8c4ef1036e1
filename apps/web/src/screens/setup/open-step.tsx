import type { components } from '@stoa/contracts'
import { Button, Icon, Skeleton } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { api, idempotencyKey, ok } from '../../data/api.ts'
import { useIdentity } from '../../data/use-session.ts'
import { CopyField } from '../entry/copy-field.tsx'
import { isLoopback } from '../entry/device.ts'
import { EntryPage } from '../entry/entry-page.tsx'
import { forgetSetup } from '../entry/forms.ts'
import { setupStateQuery } from '../entry/queries.ts'

const INVITED_AT_ONCE = 20
const SAMPLE_POLL_MS = 2000

const firstInvitationKey = idempotencyKey()
const makeInvitation = () =>
  ok(
    api.POST('/api/v1/invitations', {
      params: { header: { 'idempotency-key': firstInvitationKey } },
      body: { role: 'member', expires_in_days: 7, max_uses: INVITED_AT_ONCE },
    }),
  )

/** It is open: the link to invite with, and what works already. */
export function OpenStep() {
  const { tenant } = useIdentity()
  const navigate = useNavigate()
  const invitation = useQuery({
    queryKey: ['first-invitation'],
    queryFn: makeInvitation,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const enter = () => {
    forgetSetup()
    void navigate({ to: '/library', replace: true })
  }
  return (
    <EntryPage
      title={t.openTitle({ name: tenant?.name ?? '' })}
      text={invitation.isError ? undefined : t.openText()}
      step={[3, 3]}
      foot={
        <>
          <span className="grow" />
          <Button variant="primary" size="lg" onClick={enter}>
            {t.goIn()}
          </Button>
        </>
      }
    >
      {invitation.data ? (
        <CopyField text={invitation.data.url} label={t.copyLink()} />
      ) : invitation.isError ? (
        <p>{t.inviteFailed()}</p>
      ) : (
        <div className="share">
          <Skeleton height={44} />
        </div>
      )}
      <Facts />
    </EntryPage>
  )
}

function Facts() {
  const state = useQuery(setupStateQuery)
  const books = useQuery({
    queryKey: ['library', 'summary'],
    queryFn: () => ok(api.GET('/api/v1/library/summary')),
    refetchInterval: ({ state: { data } }) => (readyBooks(data) > 0 ? false : SAMPLE_POLL_MS),
  })
  const count = readyBooks(books.data)
  const local = isLoopback(location.hostname)
  return (
    <ul className="facts">
      <Fact
        kind={local ? 'later' : 'done'}
        name={local ? t.onlyHere() : t.reachable()}
        text={local ? t.onlyHereText() : t.reachableText({ host: location.host })}
      />
      <Fact
        kind={count > 0 ? 'done' : 'later'}
        name={count > 0 ? t.booksReady({ count }) : t.booksComing()}
        text={count > 0 ? t.booksReadyText() : t.booksComingText()}
      />
      {state.data && (
        <Fact
          kind={state.data.email_sign_in ? 'done' : 'later'}
          name={state.data.email_sign_in ? t.mailOn() : t.mailOff()}
          text={state.data.email_sign_in ? t.mailOnText() : t.mailOffText()}
        />
      )}
    </ul>
  )
}

type Summary = components['schemas']['LibrarySummary']

/** 0 while any is still being read in: the first start brings several at once. */
const readyBooks = (summary: Summary | undefined): number =>
  summary && summary.processing === 0 ? summary.all - summary.failed : 0

const FACT_ICONS = { done: CircleCheck, later: CircleDashed, failed: CircleAlert }

function Fact({ kind, name, text }: { kind: keyof typeof FACT_ICONS; name: string; text: string }) {
  return (
    <li>
      <Icon of={FACT_ICONS[kind]} className={kind === 'done' ? 'ok' : ''} />
      <b>{name}</b>
      <span className="hint">{text}</span>
    </li>
  )
}
