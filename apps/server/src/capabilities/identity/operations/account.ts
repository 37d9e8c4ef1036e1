import { operation } from '../../../platform/http/operation.ts'
import { notFound, versionConflict } from '../../../platform/http/problem.ts'
import type { Parts } from '../parts.ts'
import { requireTimeZone } from '../rules/time-zone.ts'
import { accountBody } from '../sessions/session-view.ts'
import { requireWholeAccount } from '../sessions/whole-account.ts'
import { findAccount, updateAccount as storeAccount } from '../store/accounts.ts'

export const getAccount = () =>
  operation('getAccount', async ({ context, read }) => {
    const account = await read((tx) => findAccount(tx, context.accountId))
    if (account === undefined) throw notFound('account')
    return { status: 200, body: accountBody(account) }
  })

export const updateAccount = (parts: Parts) =>
  operation('updateAccount', async ({ body, context, write }) => {
    await requireWholeAccount(parts, context)
    if (body.time_zone !== undefined) requireTimeZone(body.time_zone)
    const change = { displayName: body.display_name, locale: body.locale, timeZone: body.time_zone }
    return await write(async (tx) => {
      const changed = await storeAccount(tx, context.accountId, body.version, change)
      const account = await findAccount(tx, context.accountId)
      if (account === undefined) throw notFound('account')
      if (!changed) throw versionConflict(accountBody(account))
      await tx.emit({ type: 'account.updated', payload: { account_id: context.accountId } })
      return { status: 200, body: accountBody(account) }
    })
  })
