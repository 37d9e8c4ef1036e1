import { document } from '@stoa/contracts/document'
import { type Logger, ManualClock, systemRandom } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import type { FastifyInstance } from 'fastify'
import { MemoryRateLimits } from '../../../platform/cache/memory/memory-rate-limits.ts'
import { rateLimitRules } from '../../../platform/cache/rate-limits.ts'
import { mountContract } from '../../../platform/http/mount.ts'
import { OpenRequests } from '../../../platform/http/open-requests.ts'
import { createHttpServer } from '../../../platform/http/server.ts'
import { MailError } from '../../../platform/mail/errors.ts'
import type { Mailer, MailMessage } from '../../../platform/mail/mail.ts'
import { createOrganisations, createTenancy, type NewOrganisation } from '../../tenancy/index.ts'
import { createIdentity, type Identity, type IdentityInit, type IdentitySettings } from '../index.ts'

/** Mail that was sent, and a switch that makes the mail server fail. */
export class Postbox implements Mailer {
  readonly sent: MailMessage[] = []
  broken = false

  async send(message: MailMessage): Promise<void> {
    if (this.broken) throw new MailError('mail.unavailable', 'the test broke the mail server')
    this.sent.push(message)
  }

  to(address: string): MailMessage[] {
    return this.sent.filter(({ to }) => to === address)
  }
}

/** Everything that was logged, as text. */
export class Logbook implements Logger {
  readonly lines: string[] = []
  readonly #write = (fields: object, message?: string): void => {
    this.lines.push(
      JSON.stringify(fields, (_, value) => (value instanceof Error ? `${value.stack}` : value)) +
        (message ?? ''),
    )
  }
  readonly debug = this.#write
  readonly info = this.#write
  readonly warn = this.#write
  readonly error = this.#write
  child(): Logger {
    return this
  }
}

export interface TestProgram extends AsyncDisposable {
  readonly db: TestDatabase
  readonly app: FastifyInstance
  readonly identity: Identity
  readonly clock: ManualClock
  readonly mails: Postbox
  readonly log: Logbook
  readonly founded: NewOrganisation[]
  close(): Promise<void>
}

export interface TestProgramOptions {
  readonly settings?: Partial<IdentitySettings>
  readonly outbound?: IdentityInit['outbound']
  /** Another process on the same database, with the same clock and secret. */
  readonly besides?: TestProgram
}

const NO_OUTBOUND: IdentityInit['outbound'] = {
  fetch: async (url) => {
    throw new Error(`this test makes no requests (${url})`)
  },
}

/** Identity and tenancy on a real database behind the real contract, with a clock and a postbox of its own. */
export async function startProgram(options: TestProgramOptions = {}): Promise<TestProgram> {
  const { besides } = options
  const db = besides?.db ?? (await testDatabase({ maxConnections: 10 }))
  const clock = besides?.clock ?? new ManualClock(new Date('2026-11-21T08:00:00Z'))
  const log = new Logbook()
  const mails = new Postbox()
  const founded: NewOrganisation[] = []
  const organisations = createOrganisations({
    ...{ clock, random: systemRandom },
    onFounded: async (_, organisation) => void founded.push(organisation),
  })
  const common = { database: db.database, clock, random: systemRandom, log, mailer: mails }
  const identity = createIdentity({
    ...{
      ...common,
      organisations,
      secret: new Uint8Array(32).fill(7),
      outbound: options.outbound ?? NO_OUTBOUND,
    },
    settings: {
      allowSignUp: false,
      mailReachesPeople: true,
      providers: [],
      version: '1.2.3',
      ...options.settings,
    },
  })
  const tenancy = createTenancy({ ...common, identity, organisations, secret: new Uint8Array(32).fill(9) })
  for (const service of [...identity.services, ...tenancy.services])
    await service.start(new AbortController().signal)
  const app = createHttpServer({ log, trustedProxies: ['127.0.0.1'], statuses: {} })
  mountContract(app, {
    ...{ document, operations: [...identity.operations, ...tenancy.operations], database: db.database },
    ...{
      authenticator: identity.authenticator,
      rateLimits: new MemoryRateLimits({ rules: rateLimitRules, clock }),
    },
    ...{ openRequests: new OpenRequests(), partial: true, validateReplies: true },
  })
  await app.ready()
  const close = async () => {
    await app.close()
    for (const service of [...identity.services, ...tenancy.services].reverse()) await service.stop()
    if (besides === undefined) await db.close()
  }
  return { db, app, identity, clock, mails, log, founded, close, [Symbol.asyncDispose]: close }
}
