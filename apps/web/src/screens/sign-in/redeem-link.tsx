import { Button, Pulse } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useMutation } from '@tanstack/react-query'
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

/** Tokens on their way or spent. A link works once; an effect may run twice. */
const sent = new Set<string>()

/**
 * Signs this browser in with a one-time link. No query: signing in empties their cache, and a query on screen would then send the
 * spent token again.
 */
export function RedeemLink({ token }: { token: string }) {
  const { mutate, data, error, isError } = useMutation({
    mutationFn: redeem,
    onSuccess: (reply) => session.adopt(reply),
  })
  useEffect(() => {
    if (sent.has(token)) return
    sent.add(token)
    mutate(token)
  }, [token, mutate])
  if (data) return <GoTo to="/library" />
  if (error instanceof OfflineError) {
    return (
      <EntryPage title={t.signIn()}>
        <LoadError error={error} retry={() => mutate(token)} />
      </EntryPage>
    )
  }
  if (isError) {
    const toSignIn = (
      <Button variant="primary" size="lg" asChild>
        <a href="/sign-in">{t.toSignIn()}</a>
      </Button>
    )
    return <EntryPage title={t.linkGoneTitle()} text={t.linkGoneText()} foot={toSignIn} />
  }
  return <EntryPage title={t.linkOpening()} text={<Pulse />} />
}
