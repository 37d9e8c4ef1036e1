import { operation } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { findInstallationOwner } from '../store/accounts.ts'
import { enterSignIn } from '../store/doors.ts'

export const getSetup = ({ database, settings }: Parts) =>
  operation('getSetup', async () => {
    const owner = await database.account(null, async (tx) => {
      await enterSignIn(tx)
      return await findInstallationOwner(tx)
    })
    return {
      status: 200,
      body: {
        claimed: owner !== undefined,
        email_sign_in: settings.mailReachesPeople,
        providers: settings.providers.map(({ id, name }) => ({ id, name })),
        version: settings.version,
      },
    }
  })
