import { Button } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { GoTo } from '../../app/go-to.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { EntryPage } from '../entry/entry-page.tsx'
import { useSetupForm } from '../entry/forms.ts'
import { setupStateQuery } from '../entry/queries.ts'
import { useToken } from '../entry/tokens.ts'
import { OpenStep } from './open-step.tsx'
import { PlaceStep } from './place-step.tsx'
import { WhoStep } from './who-step.tsx'

/** First run: who keeps the place, what it is called, and the link to invite with. */
export function SetupScreen() {
  const state = useQuery(setupStateQuery)
  const { step, token } = useSetupToken()
  const [opened, setOpened] = useState(false)
  if (opened) return <OpenStep />
  if (state.isError) {
    return (
      <EntryPage title={t.setupTitle()}>
        <LoadError error={state.error} retry={state.refetch} />
      </EntryPage>
    )
  }
  if (!state.data) return <EntryPage title={t.setupTitle()} />
  if (state.data.claimed) return <GoTo to="/sign-in" />
  if (token === undefined) return <TokenMissing />
  return step === 'who' ? <WhoStep /> : <PlaceStep token={token} onOpened={() => setOpened(true)} />
}

/** Takes the token out of the address on the first visit. */
function useSetupToken() {
  const fresh = useToken()
  const form = useSetupForm()
  useEffect(() => {
    if (fresh !== undefined) useSetupForm.setState({ token: fresh })
  }, [fresh])
  return { ...form, token: fresh ?? form.token }
}

function TokenMissing() {
  return (
    <EntryPage
      title={t.tokenMissingTitle()}
      text={t.tokenMissingText()}
      foot={
        <Button variant="ghost" asChild>
          <Link to="/sign-in">{t.toSignIn()}</Link>
        </Button>
      }
    />
  )
}
