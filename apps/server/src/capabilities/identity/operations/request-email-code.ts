import { type Random, uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { operation } from '../../../platform/http/operation.ts'
import { signInCodeMail } from '../../../platform/mail/messages.ts'
import { codeTooSoon } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { normalizeEmail } from '../rules/address.ts'
import { CODE_LIFE_MS, codeFrom, RESEND_AFTER_SECONDS, secondsUntilNextCode } from '../rules/challenge.ts'
import { findAccount, type Locale } from '../store/accounts.ts'
import { challengesSince, insertChallenge, lockAddress } from '../store/challenges.ts'
import { enterSignIn } from '../store/doors.ts'
import { lockEmail } from '../store/emails.ts'
import { hashCode } from '../tokens/opaque.ts'

const DAY_MS = 86_400_000
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * An address that may not sign in gets a challenge, too, and the same answer in the same time; only no mail. Its code is
 * drawn and thrown away.
 */
export const requestEmailCode = (parts: Parts) =>
  operation('requestEmailCode', async ({ body }) => {
    const { clock, random, keys, mail } = parts
    mail.assertReady()
    const email = normalizeEmail(body.email)
    const [id, code, now] = [uuidv7(clock, random), drawCode(random), clock.now()]
    const expiresAt = new Date(now + CODE_LIFE_MS)
    const recipient = await parts.database.account(null, async (tx) => {
      await enterSignIn(tx)
      await lockAddress(tx, email)
      const wait = secondsUntilNextCode(await challengesSince(tx, email, new Date(now - DAY_MS)), now)
      if (wait > 0) throw codeTooSoon(wait)
      const found = await localeOf(parts, tx, email, body.locale ?? 'en')
      const locale = found ?? body.locale ?? 'en'
      const codeHash = hashCode(keys, id, code)
      await insertChallenge(tx, { id, email, codeHash, locale, createdAt: new Date(now), expiresAt })
      return found
    })
    if (recipient !== undefined)
      mail.post(
        'sign_in_code',
        signInCodeMail({ to: email, locale: recipient, code, minutes: CODE_LIFE_MS / 60_000 }),
      )
    return {
      status: 202,
      headers: { 'cache-control': 'no-store' },
      body: {
        challenge_id: id,
        expires_at: expiresAt.toISOString(),
        resend_after_seconds: RESEND_AFTER_SECONDS,
      },
    }
  })

/** The language to write to this address in; undefined when it may not sign in. */
async function localeOf(
  { settings }: Parts,
  tx: Tx,
  email: string,
  asked: Locale,
): Promise<Locale | undefined> {
  const known = await lockEmail(tx, email)
  // Looked up also where there is none, so that both take the same time.
  const account = await findAccount(tx, known?.accountId ?? NOBODY)
  return account?.locale ?? (settings.allowSignUp ? asked : undefined)
}

function drawCode(random: Random): string {
  for (;;) {
    const bytes = random.fill(new Uint8Array(4))
    const code = codeFrom(new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0))
    if (code !== undefined) return code
  }
}
