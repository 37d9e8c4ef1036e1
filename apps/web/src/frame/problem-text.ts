import { shell as t } from '@stoa/ui/messages/shell'
import { ApiError, OfflineError } from '../data/problem.ts'

/** What happened, what was kept, what to do, in the language of the interface. `own` adds words for codes of the screen. */
export function problemText(error: unknown, own: Readonly<Record<string, () => string>> = {}): string {
  if (error instanceof OfflineError) return t.unreachable()
  if (!(error instanceof ApiError))
    return t.unexpected({ reference: error instanceof Error ? error.name : '?' })
  const known = own[error.code]
  if (known) return known()
  switch (error.status) {
    case 400:
    case 422:
      return t.invalid()
    case 403:
      return t.forbidden()
    case 404:
    case 410:
      return t.gone()
    case 409:
    case 412:
      return t.changedElsewhere()
    case 429:
      return t.tooOften({ count: secondsToWait(error) })
    case 503:
      return t.unavailable()
    case 507:
      return t.diskFull()
    default:
      return t.unexpected({ reference: error.requestId || error.code })
  }
}

function secondsToWait({ retryAfter, details }: ApiError): number {
  const told = details.retry_after_seconds
  return retryAfter ?? (typeof told === 'number' ? told : 30)
}
