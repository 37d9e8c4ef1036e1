import { Button, Pulse } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { GoTo } from '../../app/go-to.tsx'
import { ok, openApi } from '../../data/api.ts'
import { session } from '../../data/browser-session.ts'
import { OfflineError } from '../../data/problem.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { here } from '../entry/device.ts'
import { EntryPage } from '../entry/entry-page.tsx'

const redeem = (token: string) =>
  ok(openApi.POST('/api/v1/auth/links/redeem', { body: { token, return_refresh_token: false, ...here() } }))

/** Signs this browser in with a one-time link. The query cache keeps a second rendering from spending it twice. */
export function RedeemLink({ token }: { token: string }) {
  const sent = useQuery({
    queryKey: ['sign-in-link', token],
    queryFn: () => redeem(token),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const reply = sent.data
  useEffect(() => {
    if (reply) session.adopt(reply)
  }, [reply])
  if (reply) return <GoTo to="/library" />
  if (sent.error instanceof OfflineError) {
    return (
      <EntryPage title={t.signIn()}>
        <LoadError error={sent.error} retry={sent.refetch} />
      </EntryPage>
    )
  }
  if (sent.isError) {
    const toSignIn = (
      <Button variant="primary" size="lg" asChild>
        <a href="/sign-in">{t.toSignIn()}</a>
      </Button>
    )
    return <EntryPage title={t.linkGoneTitle()} text={t.linkGoneText()} foot={toSignIn} />
  }
  return <EntryPage title={t.linkOpening()} text={<Pulse />} />
}
