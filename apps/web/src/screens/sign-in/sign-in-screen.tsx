import { toast } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { GoTo } from '../../app/go-to.tsx'
import { useSession } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { EntryPage } from '../entry/entry-page.tsx'
import { useSignInForm } from '../entry/forms.ts'
import { setupStateQuery } from '../entry/queries.ts'
import { useToken } from '../entry/tokens.ts'
import { arrivalError } from './arrival-error.ts'
import { CodeStep } from './code-step.tsx'
import { EmailStep } from './email-step.tsx'
import { RedeemLink } from './redeem-link.tsx'

const REAUTHENTICATE = 'reauthentication.required'

/** In by email code in two steps, through a provider, or by the one-time link whose token stands in the address. */
export function SignInScreen() {
  const token = useToken()
  const session = useSession()
  const { return_to, error } = useSearch({ from: '/sign-in' })
  if (token !== undefined) return <RedeemLink token={token} />
  if (session.status === 'starting') return <EntryPage title={t.signIn()} />
  if (session.status === 'signed-in' && error !== REAUTHENTICATE) {
    return error === undefined ? <GoTo href={return_to ?? '/library'} /> : <NotConnected error={error} />
  }
  return <Steps ended={session.status === 'signed-out' && session.ended} />
}

function Steps({ ended }: { ended: boolean }) {
  const setup = useQuery(setupStateQuery)
  const { challenge } = useSignInForm()
  if (setup.isError) {
    return (
      <EntryPage title={t.signIn()}>
        <LoadError error={setup.error} retry={setup.refetch} />
      </EntryPage>
    )
  }
  if (!setup.data) return <EntryPage title={t.signIn()} />
  if (!setup.data.claimed) return <GoTo to="/setup" />
  return challenge ? (
    <CodeStep setup={setup.data} challenge={challenge} />
  ) : (
    <EmailStep setup={setup.data} ended={ended} />
  )
}

/** Connecting a provider failed: back to where that was begun, with the reason. */
function NotConnected({ error }: { error: string }) {
  useEffect(() => {
    toast({ text: arrivalError(error), tone: 'bad' })
  }, [error])
  return <GoTo to="/settings/profile" />
}
