import { type Logger, systemClock, systemRandom } from '@stoa/kernel'
import { createIdentity, type Identity } from '../capabilities/identity/index.ts'
import { createOrganisations } from '../capabilities/tenancy/index.ts'
import type { Config } from '../config/config.ts'
import { loadSecrets } from '../config/secrets.ts'
import { runningAppUrl } from '../platform/database/embedded/running.ts'
import { derivedAppUrl } from '../platform/database/external.ts'
import { PostgresDatabase } from '../platform/database/postgres-database.ts'
import { OutboundError } from '../platform/outbound/errors.ts'

/**
 * Gives `use` the identity of a running installation, from a process beside it: the same database, the same secrets. It
 * sends no mail and makes no requests.
 * @throws DatabaseError when nothing runs there
 */
export async function withIdentity<T>(
  config: Pick<Config, 'database' | 'dataDir' | 'masterKey'>,
  log: Logger,
  use: (identity: Identity) => Promise<T>,
): Promise<T> {
  const appUrl = await appUrlOf(config)
  const secrets = await loadSecrets(config)
  const database = new PostgresDatabase({ server: { appUrl }, log, maxConnections: 2 })
  const common = { database, clock: systemClock, random: systemRandom, log }
  const identity = createIdentity({
    ...common,
    secret: secrets.derive('identity'),
    organisations: createOrganisations(common),
    mailer: { send: async () => {} },
    outbound: {
      fetch: async () => {
        throw new OutboundError('outbound.address_refused', 'This process makes no requests.')
      },
    },
    settings: { allowSignUp: false, mailReachesPeople: false, providers: [], version: '' },
  })
  await database.start()
  try {
    return await use(identity)
  } finally {
    await database.stop()
  }
}

async function appUrlOf({ database }: Pick<Config, 'database'>): Promise<string> {
  if (database.kind === 'embedded') return await runningAppUrl(database.directory)
  return database.appUrl ?? derivedAppUrl(database.ownerUrl)
}
