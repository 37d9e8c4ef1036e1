import type { Clock, Logger, Random } from '@stoa/kernel'
import type { Database } from '../../platform/database/database.ts'
import type { Mailer } from '../../platform/mail/mail.ts'
import type { Identity, Organisations } from '../identity/index.ts'

/** What the operations of this capability stand on. */
export interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly mailer: Mailer
  readonly identity: Pick<Identity, 'doorway' | 'forget'>
  readonly organisations: Organisations
  /** 32 bytes outside of the database, from which the tokens of invitations are made. */
  readonly secret: Uint8Array
}
