import { Button } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ok, openApi } from '../../data/api.ts'
import { OfflineError } from '../../data/problem.ts'
import { useSession } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { EntryPage } from '../entry/entry-page.tsx'
import { useToken } from '../entry/tokens.ts'
import { JoinForm } from './join-form.tsx'

const KEPT = 'stoa.join'

/** The token stays in this tab until used, so that one can sign in first and come back. */
function useJoinToken(): string | undefined {
  const fresh = useToken()
  useEffect(() => {
    if (fresh !== undefined) sessionStorage.setItem(KEPT, fresh)
  }, [fresh])
  return fresh ?? sessionStorage.getItem(KEPT) ?? undefined
}

/** An invitation by link: who invites where, and joining as oneself or as someone new. */
export function JoinScreen() {
  const token = useJoinToken()
  const session = useSession()
  const offer = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => ok(openApi.POST('/api/v1/invitations/lookup', { body: { token: token ?? '' } })),
    enabled: token !== undefined && token.length >= 16,
    retry: false,
  })
  if (token === undefined || token.length < 16)
    return <Over title={t.joinMissingTitle()} text={t.joinMissingText()} />
  if (offer.error instanceof OfflineError) {
    return (
      <EntryPage title={t.joinMissingTitle()}>
        <LoadError error={offer.error} retry={offer.refetch} />
      </EntryPage>
    )
  }
  if (offer.isError) return <Over title={t.joinGoneTitle()} text={t.joinGoneText()} />
  if (!offer.data || session.status === 'starting') return <EntryPage title="Stoa" />
  const identity = session.status === 'signed-in' ? session.identity : undefined
  return (
    <JoinForm
      token={token}
      offer={offer.data}
      identity={identity}
      onDone={() => sessionStorage.removeItem(KEPT)}
    />
  )
}

function Over({ title, text }: { title: string; text: string }) {
  const foot = (
    <Button variant="ghost" asChild>
      <Link to="/sign-in">{t.toSignIn()}</Link>
    </Button>
  )
  return <EntryPage title={title} text={text} foot={foot} />
}
