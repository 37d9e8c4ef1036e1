import { getLocale } from '@stoa/ui/messages'
import { ok, openApi } from '../../data/api.ts'
import { useSignInForm } from '../entry/forms.ts'

/** Asks for a code and remembers the challenge it belongs to. */
export async function requestCode(email: string): Promise<void> {
  const reply = await ok(openApi.POST('/api/v1/auth/email-codes', { body: { email, locale: getLocale() } }))
  useSignInForm.setState({
    challenge: {
      id: reply.challenge_id,
      email,
      resendAt: Date.now() + reply.resend_after_seconds * 1000,
      expiresAt: Date.parse(reply.expires_at),
    },
  })
}
