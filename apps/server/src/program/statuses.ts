import { blobErrorStatus } from '../platform/blobs/errors.ts'
import type { StatusTable } from '../platform/http/problem-reply.ts'

/**
 * The HTTP status of errors that the platform raises and no operation turned into a problem of its own. Codes that stand
 * nowhere here are answered as 500.
 */
export const statuses: StatusTable = {
  ...blobErrorStatus,
  'cache.unavailable': 503,
  'database.busy': 503,
  'database.disk_full': 507,
  'database.outcome_unknown': 503,
  'database.unavailable': 503,
  'mail.address_invalid': 422,
  'mail.refused': 422,
  'mail.unavailable': 503,
}
