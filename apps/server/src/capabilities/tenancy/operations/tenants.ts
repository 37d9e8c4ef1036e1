import { operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { TenancyInit } from '../index.ts'
import { findTenant, type StoredTenant } from '../store/tenants.ts'

export const getTenant = (_: TenancyInit) =>
  operation('getTenant', async ({ context, read }) => {
    const tenant = await read((tx) => findTenant(tx, context.tenantId))
    if (tenant === undefined) throw notFound('tenant')
    return { status: 200, body: tenantBody(tenant) }
  })

export const tenantBody = (tenant: StoredTenant) => ({
  id: tenant.id,
  name: tenant.name,
  version: tenant.version,
  created_at: tenant.createdAt.toISOString(),
})
