import type { components } from '@stoa/contracts'
import { Button, Field, Input, Rich, toast } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { ok, openApi } from '../../data/api.ts'
import { session } from '../../data/browser-session.ts'
import { ApiError } from '../../data/problem.ts'
import { problemText } from '../../frame/problem-text.ts'
import { here } from '../entry/device.ts'
import { EntryPage } from '../entry/entry-page.tsx'
import { forgetSignIn, type SignInForm, useSignInForm } from '../entry/forms.ts'
import { requestCode } from './request-code.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

const verify = (challengeId: string, code: string) =>
  ok(
    openApi.POST('/api/v1/auth/email-codes/verify', {
      body: { challenge_id: challengeId, code, return_refresh_token: false, ...here() },
    }),
  )

function codeError(error: unknown): string {
  const left = error instanceof ApiError ? error.details.attempts_left : undefined
  return problemText(error, {
    'code.wrong': () => (typeof left === 'number' ? t.codeWrongLeft({ count: left }) : t.codeWrong()),
    'code.expired': t.codeGone,
    'sign_up.closed': t.noAccount,
  })
}

export interface CodeStepProps {
  setup: components['schemas']['SetupState']
  challenge: NonNullable<SignInForm['challenge']>
}

/** The six digits; complete, they send themselves. */
export function CodeStep({ setup, challenge }: CodeStepProps) {
  const navigate = useNavigate()
  const { return_to } = useSearch({ from: '/sign-in' })
  const [code, setCode] = useState('')
  const check = useMutation({
    mutationFn: (complete: string) => verify(challenge.id, complete),
    onSuccess: (reply) => {
      forgetSignIn()
      session.adopt(reply)
      void navigate({ href: return_to ?? '/library', replace: true })
    },
  })
  const { mutate, reset } = check
  const type = (text: string) => {
    const digits = text.normalize('NFKC').replace(/\D/g, '').slice(0, 6)
    setCode(digits)
    reset()
  }
  useEffect(() => {
    if (code.length === 6) mutate(code)
  }, [code, mutate])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.length === 6 && !check.isPending) mutate(code)
  }
  const text = setup.email_sign_in
    ? t.codeText({ email: challenge.email })
    : t.codeTextTerminal({ email: challenge.email })
  return (
    <EntryPage
      title={setup.email_sign_in ? t.codeTitle() : t.codeTitleTerminal()}
      text={<Rich text={text} as={{ b: (content) => <b>{content}</b> }} />}
    >
      <form onSubmit={submit} noValidate>
        <Field label={t.code()} error={check.isError ? codeError(check.error) : undefined}>
          <Input
            look="lg"
            className="code"
            value={code}
            onChange={(event) => type(event.target.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={check.isPending} disabled={code.length < 6}>
          {t.signIn()}
        </Button>
        <div className="row entry-foot">
          <Button variant="ghost" onClick={() => useSignInForm.setState({ challenge: undefined })}>
            {t.otherAddress()}
          </Button>
          <span className="grow" />
          <Resend challenge={challenge} />
        </div>
      </form>
    </EntryPage>
  )
}

function Resend({ challenge }: Pick<CodeStepProps, 'challenge'>) {
  const seconds = useSecondsUntil(challenge.resendAt)
  const resend = useMutation({
    mutationFn: () => requestCode(challenge.email),
    onSuccess: () => toast(t.resent()),
    onError: (error) => toast({ text: problemText(error), tone: 'bad' }),
  })
  if (seconds > 0) return <span className="hint num">{t.resendIn({ count: seconds })}</span>
  return (
    <Button variant="ghost" busy={resend.isPending} onClick={() => resend.mutate()}>
      {t.resend()}
    </Button>
  )
}
