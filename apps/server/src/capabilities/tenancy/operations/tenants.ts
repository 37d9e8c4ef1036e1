import { uuidv7 } from '@stoa/kernel'
import { operation } from '../../../platform/http/operation.ts'
import { notFound, versionConflict } from '../../../platform/http/problem.ts'
import { sessionBound } from '../../identity/index.ts'
import { audit } from '../audit.ts'
import type { Parts } from '../parts.ts'
import { findTenant, renameTenant, type StoredTenant } from '../store/tenants.ts'

export const listTenants = ({ identity }: Parts) =>
  operation('listTenants', async ({ context }) => {
    const memberships = await identity.doorway.membershipsOf(context)
    const items = memberships.map(({ tenantId, name, role }) => ({ tenant_id: tenantId, name, role }))
    return { status: 200, body: { items } }
  })

export const createTenant = (parts: Parts) =>
  operation('createTenant', async ({ body, context, write }) => {
    const { doorway } = parts.identity
    const reply = await write(async (tx) => {
      const session = await doorway.sessionOf(tx, context)
      if (session?.onlyTenant !== null) throw sessionBound()
      const account = await doorway.accountOf(tx, context.accountId)
      const tenantId = uuidv7(parts.clock, parts.random)
      const founding = {
        tenantId,
        name: body.name,
        ownerId: context.accountId,
        locale: account?.locale ?? 'en',
      }
      await parts.organisations.found(tx, founding)
      return { status: 201, body: { tenant_id: tenantId, name: body.name, role: 'owner' } }
    })
    parts.identity.forget(context.accountId)
    return reply
  })

export const getTenant = () =>
  operation('getTenant', async ({ context, read }) => {
    const tenant = await read((tx) => findTenant(tx, context.tenantId))
    if (tenant === undefined) throw notFound('tenant')
    return { status: 200, body: tenantBody(tenant) }
  })

export const updateTenant = (parts: Parts) =>
  operation('updateTenant', async ({ body, context, write }) =>
    write(async (tx) => {
      const changed = await renameTenant(tx, context.tenantId, body.version, body.name)
      const tenant = await findTenant(tx, context.tenantId)
      if (tenant === undefined) throw notFound('tenant')
      if (!changed) throw versionConflict(tenantBody(tenant))
      const details = { name: body.name }
      await audit(parts, tx, context, {
        action: 'tenant.renamed',
        targetType: 'tenant',
        targetId: tenant.id,
        details,
      })
      await tx.emit({ type: 'tenant.updated', payload: { name: tenant.name, version: tenant.version } })
      return { status: 200, body: tenantBody(tenant) }
    }),
  )

const tenantBody = (tenant: StoredTenant) => ({
  id: tenant.id,
  name: tenant.name,
  version: tenant.version,
  created_at: tenant.createdAt.toISOString(),
})
