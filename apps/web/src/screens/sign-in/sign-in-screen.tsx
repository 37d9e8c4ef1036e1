import { auth as t } from '@stoa/ui/messages/auth'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useSession } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { EntryPage } from '../entry/entry-page.tsx'
import { useSignInForm } from '../entry/forms.ts'
import { setupStateQuery } from '../entry/queries.ts'
import { CodeStep } from './code-step.tsx'
import { EmailStep } from './email-step.tsx'

/** Two steps by email code, or through a provider. Leads on to where one wanted to go. */
export function SignInScreen() {
  const session = useSession()
  const { return_to } = useSearch({ from: '/sign-in' })
  const setup = useQuery(setupStateQuery)
  const { challenge } = useSignInForm()
  if (session.status === 'signed-in') return <Navigate to={return_to ?? '/library'} replace />
  if (setup.isError) {
    return (
      <EntryPage title={t.signIn()}>
        <LoadError error={setup.error} retry={setup.refetch} />
      </EntryPage>
    )
  }
  if (!setup.data || session.status === 'starting') return <EntryPage title={t.signIn()} />
  if (!setup.data.claimed) return <Navigate to="/setup" replace />
  return challenge ? (
    <CodeStep setup={setup.data} challenge={challenge} />
  ) : (
    <EmailStep setup={setup.data} ended={session.ended} />
  )
}
