import { Button, Pulse } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ok, openApi } from '../../data/api.ts'
import { session } from '../../data/browser-session.ts'
import { OfflineError } from '../../data/problem.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { here } from '../entry/device.ts'
import { EntryPage } from '../entry/entry-page.tsx'
import { takeToken } from '../entry/tokens.ts'

const redeem = (token: string) =>
  ok(openApi.POST('/api/v1/auth/links/redeem', { body: { token, return_refresh_token: false, ...here() } }))

/** A one-time link signs this browser in. The query cache keeps a second rendering from spending it twice. */
export function LinkScreen() {
  const [token] = useState(() => takeToken(location, (path) => history.replaceState(history.state, '', path)))
  const sent = useQuery({
    queryKey: ['sign-in-link', token],
    queryFn: () => redeem(token ?? ''),
    enabled: token !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const reply = sent.data
  useEffect(() => {
    if (reply) session.adopt(reply)
  }, [reply])
  if (reply) return <Navigate to="/library" replace />
  if (sent.error instanceof OfflineError) {
    return (
      <EntryPage title={t.signIn()}>
        <LoadError error={sent.error} retry={sent.refetch} />
      </EntryPage>
    )
  }
  if (sent.isError || token === undefined) {
    const toSignIn = (
      <Button variant="primary" size="lg" asChild>
        <Link to="/sign-in">{t.toSignIn()}</Link>
      </Button>
    )
    return <EntryPage title={t.linkGoneTitle()} text={t.linkGoneText()} foot={toSignIn} />
  }
  return <EntryPage title={t.linkOpening()} text={<Pulse />} />
}
